# Completion of tix for fish, written by scripts/docs from the commands of tix.
#
# What is fixed stands in the tables, and no program is started for it. What the desk holds is
# asked for with "tix __complete KIND WORD". No text of the desk is ever expanded by the shell.

# TABLE

# Prints where the value of the option $argv[1] comes from; the options to look in follow.
function __tix_source
    for entry in $argv[2..]
        set -l spec (string split -m 1 '|' -- $entry)[1]
        set -l parts (string split -m 1 '=' -- $spec)
        if test "$parts[1]" = "$argv[1]"
            echo $parts[2]
            return
        end
    end
end

# Prints what stands before the value of the last option in -abc, and where the value comes from.
# Options that take none may stand before it; the options to look in follow.
function __tix_letters
    set -l letters (string split '' -- $argv[1])
    for i in (seq 2 (count $letters))
        set -l source (__tix_source -$letters[$i] $argv[2..])
        if test -n "$source"
            string join -- '' $letters[1..$i]
            echo $source
            return
        end
    end
end

# Prints the words of table entries, each with what it means.
function __tix_named
    string replace -r '^([^|=]*)(?:=[^|]*)?\|' '$1\t' -- $argv
end

# Prints values of the source $argv[1] that begin with $argv[2]. $argv[3] stands before them,
# $argv[4] is the desk if it is named, and $argv[5] the word as it was typed.
function __tix_values
    set -l kind (string replace -r '\+?file$' '' -- $argv[1])
    set -l found
    switch "$argv[1]"
        case '' -
            return
        case folder
            set found (__fish_complete_directories $argv[5] '')
        case ':*'
            set found (string sub -s 2 -- $argv[1] | string split ',')
        case '*'
            test -n "$argv[4]"; and set -lx TIX_DB (string replace -r '^~/' "$HOME/" -- $argv[4])
            test -n "$kind"; and set found (command tix __complete $kind "$argv[2]" </dev/null 2>/dev/null)
            if test -z "$found"; and string match -q '*file' -- $argv[1]
                set found (__fish_complete_path $argv[5] '')
            end
    end
    for value in $found
        printf '%s%s\n' "$argv[3]" $value
    end
end

# Prints all that the word at the cursor can become.
function __tix_complete
    set -l path ''
    set -l commands (__tix_commands '')
    set -l options (__tix_options '') (__tix_globals)
    set -l arguments (__tix_arguments '')
    set -l option ''
    set -l source ''
    set -l db ''
    set -l rest_is_arguments ''
    set -l count 1

    for word in (commandline -opc)[2..]
        if test -n "$option"
            test $option = --db; and set db $word
            set option ''
        else if test -n "$rest_is_arguments"
            set count (math $count + 1)
        else if test "$word" = --
            set rest_is_arguments yes
        else if string match -q -- '--*=*' $word
            string match -q -- '--db=*' $word; and set db (string sub -s 6 -- $word)
        else if string match -q -- '--*' $word
            set source (__tix_source $word $options)
            test -n "$source"; and set option $word
        else if string match -qr -- '^-.' $word
            set -l found (__tix_letters $word $options)
            test "$found[1]" = "$word"; and set option $word; and set source $found[2]
        else
            set -l name $word
            test -z "$path"; and set name (__tix_name "$word")
            if contains -- "$name" (string replace -r '\|.*' '' -- $commands)
                set path (string trim -- "$path $name")
                set commands (__tix_commands $path)
                set options (__tix_options $path) (__tix_globals)
                set arguments (__tix_arguments $path)
            else
                set count (math $count + 1)
            end
        end
    end

    set -l typed (commandline -ct)
    set -l begun (string unescape -- "$typed")
    or set begun (string replace -r '[\'"]' '' -- "$typed") # a quote is still open
    if test -n "$option"
        __tix_values $source "$begun" '' "$db" "$typed"
    else if string match -q -- '-*' "$begun"; and test -z "$rest_is_arguments"
        if string match -q -- '--*=*' $begun
            set -l parts (string split -m 1 '=' -- $begun)
            set -l rest (string split -m 1 '=' -- $typed)[2]
            __tix_values (__tix_source $parts[1] $options) "$parts[2]" $parts[1]= "$db" "$rest"
            return
        end
        __tix_named $options
        if string match -qr -- '^-[^-].' $begun
            set -l found (__tix_letters $begun $options)
            set -l rest (string sub -s (math (string length -- "$found[1]") + 1) -- $begun)
            __tix_values "$found[2]" "$rest" "$found[1]" "$db" "$rest"
        end
    else
        __tix_named $commands
        set source $arguments[$count]
        string match -q -- '*...' "$arguments[-1]"; and test -z "$source"; and set source $arguments[-1]
        __tix_values (string replace -r '\.\.\.$' '' -- "$source") "$begun" '' "$db" "$typed"
    end
end

complete -c tix -e
complete -c tix -f -k -a '(__tix_complete)'
