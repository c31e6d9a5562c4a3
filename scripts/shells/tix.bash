# Completion of tix for bash 3.2 and later, written by scripts/docs from the commands of tix.
# shellcheck shell=bash
#
# What is fixed stands in the tables, and no program is started for it. What the desk holds is
# asked for with "tix __complete KIND WORD". No text of the desk is ever expanded by the shell.

# TABLE

# Sets words to what stands before the cursor, as it was typed. COMP_WORDS has more pieces: bash
# also breaks words at : = and @, which are parts of ours.
__tix_words() {
    local line=${COMP_LINE:0:COMP_POINT} blank piece i
    words=()
    for ((i = 0; i <= COMP_CWORD; i++)); do
        piece=${COMP_WORDS[i]}
        blank=${line%%[![:space:]]*}
        line=${line#"$blank"}
        piece=${piece:0:${#line}}
        if [[ $i -eq 0 || -n $blank ]]; then
            words+=("$piece")
        else
            words[${#words[@]} - 1]+=$piece
        fi
        line=${line:${#piece}}
    done
}

# Sets plain to $1 without its quotes, and quote to the one that is left open.
__tix_plain() {
    local rest=$1 mark
    plain='' quote=''
    while [[ $rest == *[\\\'\"]* ]]; do
        case $quote in
            '') mark=${rest%%[\\\'\"]*} ;;
            \') mark=${rest%%\'*} ;;
            *) mark=${rest%%[\\\"]*} ;;
        esac
        [[ $mark == "$rest" ]] && break
        plain+=$mark
        rest=${rest#"$mark"}
        mark=${rest:0:1} rest=${rest:1}
        if [[ $mark == "$quote" ]]; then
            quote=''
        elif [[ $mark != \\ ]]; then
            quote=$mark
        else
            [[ $quote && $rest != [\\\"\$\`]* ]] && plain+=\\
            plain+=${rest:0:1}
            rest=${rest:1}
        fi
    done
    plain+=$rest
}

# Sets source to where the value of the option $1 comes from; to nothing if it takes none.
__tix_source() {
    local known=" $options $__tix_globals "
    source=''
    if [[ $known == *" $1="* ]]; then
        source=${known#*" $1="}
        source=${source%% *}
    fi
}

# Sets source to where the next argument comes from.
__tix_argument() {
    local n=0 one
    source=''
    for one in $arguments; do
        if [[ $n -eq $count || $one == *... ]]; then
            source=${one%...}
            return
        fi
        n=$((n + 1))
    done
}

# Sets source to where the value of the last option in -abc comes from, and head to what stands
# before the value. Options that take none may stand before it.
__tix_letters() {
    local i
    for ((i = 1; i < ${#1}; i++)); do
        __tix_source "-${1:i:1}"
        head=${1:0:i+1}
        [[ $source ]] && return
    done
}

# Follows the complete word $1.
__tix_follow() {
    local source head name
    if [[ $option ]]; then
        [[ $option == --db ]] && db=$1
        option='' expected=''
    elif [[ $rest_is_arguments ]]; then
        count=$((count + 1))
    elif [[ $1 == -- ]]; then
        rest_is_arguments=yes
    elif [[ $1 == --*=* ]]; then
        [[ $1 == --db=* ]] && db=${1#*=}
    elif [[ $1 == --* ]]; then
        __tix_source "$1"
        [[ $source ]] && option=$1 expected=$source
    elif [[ $1 == -?* ]]; then
        __tix_letters "$1"
        [[ $source && $head == "$1" ]] && option=$1 expected=$source
    else
        name=$1
        [[ ! $path ]] && __tix_name "$1"
        if [[ " $commands " == *" $name "* ]]; then
            path+=${path:+ }$name
            __tix_table "$path"
        else
            count=$((count + 1))
        fi
    fi
}

# Adds the values of the source $1 that begin with $2; $3 stands before them.
__tix_values() {
    local IFS=$' \t\n' kind=${1%file} value note
    kind=${kind%+}
    case $1 in
        '' | -) ;;
        folder) files=dirnames ;;
        :*)
            IFS=,
            for value in ${1#:}; do
                [[ $value == "$2"* ]] && values+=("$3$value") notes+=('')
            done
            ;;
        *)
            [[ $1 == *file ]] && files=default
            [[ ! $kind ]] && return
            [[ $db == \~/* ]] && db=$HOME/${db#??}
            [[ $db ]] && local -x TIX_DB=$db
            while IFS=$'\t' read -r value note; do
                [[ $value && $value == "$2"* ]] && values+=("$3$value") notes+=("$note")
            done <<<"$(command tix __complete "$kind" "$2" </dev/null 2>/dev/null)"
            ;;
    esac
}

# Adds those words of $1 that begin with $2.
__tix_named() {
    local one
    for one in $1; do
        one=${one%%=*}
        [[ $one == "$2"* ]] && values+=("$one") notes+=('')
    done
}

# Adds all that the word $1, which is not complete, can become.
__tix_offer() {
    local source head
    if [[ $option ]]; then
        __tix_values "$expected" "$1" ''
    elif [[ $1 == -* && ! $rest_is_arguments ]]; then
        if [[ $1 == --*=* ]]; then
            __tix_source "${1%%=*}"
            __tix_values "$source" "${1#*=}" "${1%%=*}="
            return
        fi
        __tix_named "$options $__tix_globals" "$1"
        [[ $1 == -[!-]?* ]] || return
        __tix_letters "$1"
        __tix_values "$source" "${1#"$head"}" "$head"
    else
        __tix_named "$commands" "$1"
        __tix_argument
        __tix_values "$source" "$1" ''
    fi
}

# Sets written to $1 as it must be typed within the quote that is open; fails if it cannot be.
__tix_write() {
    written=$1
    case $quote in
        '')
            printf -v written %q "$1"
            written=${written//\\,/,} # which matters within braces only, and they are quoted
            ;;
        \') [[ $1 != *\'* ]] ;;
        *)
            written=${written//\\/\\\\}
            written=${written//\"/\\\"}
            written=${written//\$/\\\$}
            written=${written//\`/\\\`}
            [[ $1 != *!* ]]
            ;;
    esac
}

_tix() {
    local IFS=$' \t\n' path='' option='' expected='' db='' rest_is_arguments='' count=0 files=''
    local commands options arguments words plain quote written kept typed value i
    local values=() notes=()
    COMPREPLY=()
    __tix_words
    __tix_table ''
    for ((i = 1; i < ${#words[@]} - 1; i++)); do
        __tix_plain "${words[i]}"
        __tix_follow "$plain"
    done
    typed=${words[${#words[@]} - 1]}
    __tix_plain "$typed"
    __tix_offer "$plain"

    # Only $2 will be replaced: what stands behind the last break or the open quote.
    __tix_plain "${typed%"$2"}"
    kept=$plain
    for ((i = 0; i < ${#values[@]}; i++)); do
        value=${values[i]#"$kept"}
        __tix_write "$value" || continue
        if [[ $COMP_TYPE -eq 63 && ${#values[@]} -gt 1 && ${notes[i]} ]]; then
            # A list is only looked at: nothing of it is inserted.
            printf -v written '%-12s  %s' "$value" "${notes[i]}"
            written=${written:0:${COLUMNS:-80} - 1}
        fi
        COMPREPLY+=("$written")
    done
    compopt -o nosort 2>/dev/null
    [[ ${#values[@]} -eq 1 && $value == *: ]] && compopt -o nospace 2>/dev/null
    [[ $files ]] && compopt -o "$files" 2>/dev/null
    return 0
}

if ((BASH_VERSINFO[0] < 4)); then
    complete -o default -F _tix tix # there is no compopt to ask for files when they are meant
else
    complete -F _tix tix
fi
