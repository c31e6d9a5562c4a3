# Completion of tix for fish, written by scripts/docs from the commands of tix.
#
# What is fixed stands in the tables, and no program is started for it. What the desk holds is
# asked for with "tix __complete KIND WORD". No text of the desk is ever expanded by the shell.

# Prints the options that every command takes.
function __tix_globals
    printf '%s\n' '--output=:table,plain,tsv,csv,json,jsonl,ids,md|Output format' \
        '-o=:table,plain,tsv,csv,json,jsonl,ids,md|Output format' \
        '--json|The same as -o json' \
        '--fields=-|Only these columns' \
        '--csv-safe|Keep spreadsheets from formulas in CSV' \
        '--color=:auto,always,never|Colours' \
        '--no-pager|Never start a pager' \
        '--quiet|Only errors on stderr' \
        '-q|Only errors on stderr' \
        '--verbose|Say more on stderr' \
        '-v|Say more on stderr' \
        '--tz=zone|Time zone of what you read and write' \
        '--db=folder|The desk\'s folder' \
        '--actor=agent|Who acts' \
        '--lock-timeout=-|How long to wait for another command that writes' \
        '--no-input|Never ask, never open an editor' \
        '--debug|Show a traceback for a bug' \
        '--version|Print the version' \
        '-V|Print the version' \
        '--help|Show this message and exit' \
        '-h|Show this message and exit'
end

# Prints the commands that may follow the words $argv[1].
function __tix_commands
    switch $argv[1]
        case ''
            printf '%s\n' 'inbox|Show what needs an answer, the most important first' \
                'next|Show the ticket to work on next, or take it' \
                'triage|Go through the queue with one key a ticket' \
                'pick|Choose tickets from a list and print their numbers' \
                'new|Open a ticket' \
                'show|Show tickets with their conversation' \
                'list|List the tickets that match a query' \
                'reply|Answer the customer' \
                'note|Write a note that only agents see' \
                'log-call|Log a call' \
                'log-chat|Log a chat' \
                'assign|Give tickets to an agent' \
                'prio|Set the priority of tickets' \
                'tag|Add tags to tickets' \
                'untag|Take tags off tickets' \
                'edit|Change the fields of tickets' \
                'wait|Wait for the customer or a third party' \
                'snooze|Put tickets out of sight until a time' \
                'promise|Promise customers something by a time, and keep it' \
                'time|Record the time spent on a ticket, or list it' \
                'rate|Record what a customer thinks of a ticket' \
                'resolve|Call tickets done' \
                'close|Close resolved tickets for good' \
                'reopen|Open tickets again' \
                'spam|Mark tickets as spam' \
                'delete|Put tickets into the trash' \
                'restore|Take tickets out of the trash' \
                'merge|Let tickets go on in another one' \
                'unmerge|Take merged tickets out of those they go on in' \
                'split|Open a ticket with some messages of another' \
                'link|Tie a ticket to others' \
                'unlink|Remove the ties between a ticket and others' \
                'undo|Take an operation back' \
                'redo|Do again what was taken back' \
                'apply|Do what the lines of a file say, all or nothing' \
                'search|Find words in subjects, messages and notes' \
                'alert|Tell when a metric is beyond a threshold' \
                'digest|Show what needs attention today' \
                'log|Show what happened, event by event' \
                'report|Count, measure and compare what the desk does' \
                'export|Write tickets as JSONL or CSV' \
                'tags|List the tags in use' \
                'when|Show what a date means' \
                'init|Make a desk' \
                'demo|Make a desk to practise on' \
                'import|Bring in tickets from CSV, JSONL or Zendesk' \
                'customer|Keep customers' \
                'agent|Keep agents' \
                'dept|Keep departments' \
                'away|Close the desk while you are away' \
                'sla|Keep promises to customers' \
                'query|Keep queries under a name' \
                'setup|Read and change the desk\'s set-up as one document' \
                'config|Read and set your own preferences' \
                'backup|Save the desk, list what is saved, go back' \
                'doctor|Check the desk, and repair it' \
                'schema|Print the JSON Schema of an output' \
                'completion|Complete words at a TAB in bash, zsh and fish' \
                'help|Explain a command or a topic'
        case 'promise'
            printf '%s\n' 'cancel|Call a promise off; one that is late stays broken' \
                'done|Call a promise kept' \
                'list|List the promises to keep, the one that is due first on top' \
                'make|Promise to do something by a time'
        case 'alert'
            printf '%s\n' 'check|Compare metrics with their thresholds; print and exit with 1 if one is beyond' \
                'list|List the saved alerts' \
                'rm|Forget a saved alert' \
                'save|Keep a threshold; one of that name is replaced'
        case 'report'
            printf '%s\n' 'define|Show what a metric or a column is: its formula, and where that comes from' \
                'list|List the reports there are and those that are saved, or the metrics' \
                'recompute|Measure all settled tickets again' \
                'rm|Forget a saved report' \
                'save|Keep a report under a name, for tix report NAME; one of that name is replaced' \
                'show|Print a report on the tickets of a query, or on all'
        case 'tags'
            printf '%s\n' 'list|List the tags in use with how many tickets have each, the open ones and all' \
                'merge|Put one tag in the place of several, on every ticket that has one of them' \
                'rename|Give a tag another name, on every ticket that has it' \
                'rm|Take tags off every ticket that has one of them'
        case 'customer'
            printf '%s\n' 'add|Make a customer; new ones are also made with their first ticket' \
                'edit|Change what is known of a customer; addresses and phones are added' \
                'forget|Erase who a customer is and all that was said on their tickets, for good' \
                'list|List the customers in whose record every word stands' \
                'merge|Make one customer of several: addresses, phones, fields and tickets go along' \
                'show|Show a customer with all their tickets'
        case 'agent'
            printf '%s\n' 'add|Make an agent' \
                'edit|Change what is known of an agent; \'none\' empties a text or list' \
                'list|List the agents with how many open tickets they have' \
                'retire|Let an agent who has no open tickets get no more of them' \
                'show|Show an agent'
        case 'dept'
            printf '%s\n' 'add|Make a department' \
                'edit|Change what is known of a department; \'none\' empties a text or list' \
                'list|List the departments with their agents and how many open tickets they have' \
                'members|List the agents of a department, or let some join and leave' \
                'show|Show a department'
        case 'away'
            printf '%s\n' 'add|Close whole days in the business hours' \
                'cancel|Open the days again: these, or those of the only absence' \
                'list|List the dates on which nobody is there'
        case 'sla'
            printf '%s\n' 'ack|Tell tix-sla that somebody knows: no reminder of what is late now' \
                'apply|Give tickets the level that the policy chooses, in its present version' \
                'backtest|Try calendars, levels and policy of a set-up document on the desk\'s own history' \
                'calendar|Show business hours with the holidays of a year' \
                'explain|Show why the clocks of a ticket are due when they are, stretch by stretch' \
                'forecast|List what will be breached next if nothing is done, what is due first on top' \
                'policies|List the levels of service, and which tickets get them' \
                'report|Show how many promises were kept; a breach counts as soon as it is one' \
                'show|Show what a level promises' \
                'silence|Let tix-sla tell nothing of tickets until a time; off ends it' \
                'simulate|Show what would be promised for a new ticket; nothing is kept'
        case 'query'
            printf '%s\n' 'list|List the saved queries' \
                'rm|Forget a saved query' \
                'save|Keep a query; one of that name is replaced' \
                'show|Show a saved query'
        case 'setup'
            printf '%s\n' 'apply|Make a document the set-up, all of it or nothing; - is stdin' \
                'diff|Show what a document would change; without FILE, what was changed since a' \
                'edit|Change the set-up in the editor; what would not work is not saved' \
                'log|List the versions of the set-up: who made each, when and why, the newest first' \
                'show|Print the set-up as a TOML document that explains itself'
        case 'config'
            printf '%s\n' 'edit|Edit config.toml; what would not work is not saved' \
                'get|Print the value of a setting' \
                'list|List every setting with its value' \
                'path|Print where config.toml is, or would be' \
                'set|Write a setting into config.toml' \
                'unset|Take a setting out of config.toml'
        case 'completion'
            printf '%s\n' 'install|Put the script where the shell finds it' \
                'show|Print the script'
        case 'help'
            printf '%s\n' 'inbox|Show what needs an answer, the most important first' \
                'next|Show the ticket to work on next, or take it' \
                'triage|Go through the queue with one key a ticket' \
                'pick|Choose tickets from a list and print their numbers' \
                'new|Open a ticket' \
                'show|Show tickets with their conversation' \
                'list|List the tickets that match a query' \
                'reply|Answer the customer' \
                'note|Write a note that only agents see' \
                'log-call|Log a call' \
                'log-chat|Log a chat' \
                'assign|Give tickets to an agent' \
                'prio|Set the priority of tickets' \
                'tag|Add tags to tickets' \
                'untag|Take tags off tickets' \
                'edit|Change the fields of tickets' \
                'wait|Wait for the customer or a third party' \
                'snooze|Put tickets out of sight until a time' \
                'promise|Promise customers something by a time, and keep it' \
                'time|Record the time spent on a ticket, or list it' \
                'rate|Record what a customer thinks of a ticket' \
                'resolve|Call tickets done' \
                'close|Close resolved tickets for good' \
                'reopen|Open tickets again' \
                'spam|Mark tickets as spam' \
                'delete|Put tickets into the trash' \
                'restore|Take tickets out of the trash' \
                'merge|Let tickets go on in another one' \
                'unmerge|Take merged tickets out of those they go on in' \
                'split|Open a ticket with some messages of another' \
                'link|Tie a ticket to others' \
                'unlink|Remove the ties between a ticket and others' \
                'undo|Take an operation back' \
                'redo|Do again what was taken back' \
                'apply|Do what the lines of a file say, all or nothing' \
                'search|Find words in subjects, messages and notes' \
                'alert|Tell when a metric is beyond a threshold' \
                'digest|Show what needs attention today' \
                'log|Show what happened, event by event' \
                'report|Count, measure and compare what the desk does' \
                'export|Write tickets as JSONL or CSV' \
                'tags|List the tags in use' \
                'when|Show what a date means' \
                'init|Make a desk' \
                'demo|Make a desk to practise on' \
                'import|Bring in tickets from CSV, JSONL or Zendesk' \
                'customer|Keep customers' \
                'agent|Keep agents' \
                'dept|Keep departments' \
                'away|Close the desk while you are away' \
                'sla|Keep promises to customers' \
                'query|Keep queries under a name' \
                'setup|Read and change the desk\'s set-up as one document' \
                'config|Read and set your own preferences' \
                'backup|Save the desk, list what is saved, go back' \
                'doctor|Check the desk, and repair it' \
                'schema|Print the JSON Schema of an output' \
                'completion|Complete words at a TAB in bash, zsh and fish' \
                'help|Explain a command or a topic' \
                'dates|Writing a date or a length of time' \
                'states|What a ticket can be, and become' \
                'output|Formats, columns and JSON for scripts' \
                'pipes|Tickets from one command into the next' \
                'calls|Calls and chats from other programs' \
                'reports|What reports there are, and how to read them' \
                'cron|Running tix without anybody there' \
                'exit-codes|How a command ends, in a number' \
                'environment|Variables and files that tix reads' \
                'synonyms|Other words for commands and fields'
        case 'help promise'
            printf '%s\n' 'cancel|Call a promise off; one that is late stays broken' \
                'done|Call a promise kept' \
                'list|List the promises to keep, the one that is due first on top' \
                'make|Promise to do something by a time'
        case 'help alert'
            printf '%s\n' 'check|Compare metrics with their thresholds; print and exit with 1 if one is beyond' \
                'list|List the saved alerts' \
                'rm|Forget a saved alert' \
                'save|Keep a threshold; one of that name is replaced'
        case 'help report'
            printf '%s\n' 'define|Show what a metric or a column is: its formula, and where that comes from' \
                'list|List the reports there are and those that are saved, or the metrics' \
                'recompute|Measure all settled tickets again' \
                'rm|Forget a saved report' \
                'save|Keep a report under a name, for tix report NAME; one of that name is replaced' \
                'show|Print a report on the tickets of a query, or on all'
        case 'help tags'
            printf '%s\n' 'list|List the tags in use with how many tickets have each, the open ones and all' \
                'merge|Put one tag in the place of several, on every ticket that has one of them' \
                'rename|Give a tag another name, on every ticket that has it' \
                'rm|Take tags off every ticket that has one of them'
        case 'help customer'
            printf '%s\n' 'add|Make a customer; new ones are also made with their first ticket' \
                'edit|Change what is known of a customer; addresses and phones are added' \
                'forget|Erase who a customer is and all that was said on their tickets, for good' \
                'list|List the customers in whose record every word stands' \
                'merge|Make one customer of several: addresses, phones, fields and tickets go along' \
                'show|Show a customer with all their tickets'
        case 'help agent'
            printf '%s\n' 'add|Make an agent' \
                'edit|Change what is known of an agent; \'none\' empties a text or list' \
                'list|List the agents with how many open tickets they have' \
                'retire|Let an agent who has no open tickets get no more of them' \
                'show|Show an agent'
        case 'help dept'
            printf '%s\n' 'add|Make a department' \
                'edit|Change what is known of a department; \'none\' empties a text or list' \
                'list|List the departments with their agents and how many open tickets they have' \
                'members|List the agents of a department, or let some join and leave' \
                'show|Show a department'
        case 'help away'
            printf '%s\n' 'add|Close whole days in the business hours' \
                'cancel|Open the days again: these, or those of the only absence' \
                'list|List the dates on which nobody is there'
        case 'help sla'
            printf '%s\n' 'ack|Tell tix-sla that somebody knows: no reminder of what is late now' \
                'apply|Give tickets the level that the policy chooses, in its present version' \
                'backtest|Try calendars, levels and policy of a set-up document on the desk\'s own history' \
                'calendar|Show business hours with the holidays of a year' \
                'explain|Show why the clocks of a ticket are due when they are, stretch by stretch' \
                'forecast|List what will be breached next if nothing is done, what is due first on top' \
                'policies|List the levels of service, and which tickets get them' \
                'report|Show how many promises were kept; a breach counts as soon as it is one' \
                'show|Show what a level promises' \
                'silence|Let tix-sla tell nothing of tickets until a time; off ends it' \
                'simulate|Show what would be promised for a new ticket; nothing is kept'
        case 'help query'
            printf '%s\n' 'list|List the saved queries' \
                'rm|Forget a saved query' \
                'save|Keep a query; one of that name is replaced' \
                'show|Show a saved query'
        case 'help setup'
            printf '%s\n' 'apply|Make a document the set-up, all of it or nothing; - is stdin' \
                'diff|Show what a document would change; without FILE, what was changed since a' \
                'edit|Change the set-up in the editor; what would not work is not saved' \
                'log|List the versions of the set-up: who made each, when and why, the newest first' \
                'show|Print the set-up as a TOML document that explains itself'
        case 'help config'
            printf '%s\n' 'edit|Edit config.toml; what would not work is not saved' \
                'get|Print the value of a setting' \
                'list|List every setting with its value' \
                'path|Print where config.toml is, or would be' \
                'set|Write a setting into config.toml' \
                'unset|Take a setting out of config.toml'
        case 'help completion'
            printf '%s\n' 'install|Put the script where the shell finds it' \
                'show|Print the script'
    end
end

# Prints the options that may follow the words $argv[1].
function __tix_options
    switch $argv[1]
        case 'inbox'
            printf '%s\n' '--mine|is:mine' \
                '--all|Every open ticket' \
                '--sort=order|Such as due,-created' \
                '--limit=-|0 is no limit' \
                '-L=-|0 is no limit' \
                '--exit-status|Exit 1 if nothing matches'
        case 'next'
            printf '%s\n' '--take|Assign it to yourself and open it' \
                '--explain|Show each term of its importance' \
                '--limit=-|So many (1)' \
                '-L=-|So many (1)' \
                '--exit-status|Exit 1 if there is nothing to do' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'pick'
            printf '%s\n' '--multi|Several, not only one' \
                '--picker=-|Instead of fzf; \'\' is the list that tix has itself'
        case 'new'
            printf '%s\n' '--message=-|The text' \
                '-m=-|The text' \
                '--file=file|Read the text from a file; - is stdin' \
                '-F=file|Read the text from a file; - is stdin' \
                '--attach=file|Attach a file' \
                '--customer=customer|Who asks: C-3, an address or a phone' \
                '-c=customer|Who asks: C-3, an address or a phone' \
                '--priority=level|low, normal, high or urgent, or the desk\'s own' \
                '-p=level|low, normal, high or urgent, or the desk\'s own' \
                '--assignee=agent|Who works on it' \
                '-a=agent|Who works on it' \
                '--tags=tag|Tags' \
                '-t=tag|Tags' \
                '--type=type|question, incident, problem or task, or the desk\'s own' \
                '--category=category|Such as billing/refund' \
                '--dept=dept|The department' \
                '--channel=channel|Where it came from: email, phone, web …' \
                '--due=date|When it must be done' \
                '--sla=-|What is promised, whatever the policy says; or none' \
                '--outbound|We write first; the customer is to answer' \
                '--edit|Write it in the editor' \
                '-e|Write it in the editor' \
                '--yes|Do not ask about far dates' \
                '-y|Do not ask about far dates' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'show'
            printf '%s\n' '--thread|Only the conversation' \
                '--headers|Only the fields' \
                '--log|The history as well' \
                '--save=folder|Write the attachments into a folder instead' \
                '--as-of=date|As it was then' \
                '--reveal|Show secrets as they are'
        case 'list'
            printf '%s\n' '--status=status|status:A,B' \
                '-s=status|status:A,B' \
                '--priority=level|priority:A,B' \
                '-p=level|priority:A,B' \
                '--assignee=agent|assignee:A,B' \
                '-a=agent|assignee:A,B' \
                '--tag=tag|tag:A,B' \
                '-t=tag|tag:A,B' \
                '--customer=customer+name|customer:…' \
                '-c=customer+name|customer:…' \
                '--due=date|due:…' \
                '--created=date|created:…' \
                '--mine|is:mine' \
                '--overdue|is:overdue' \
                '--unassigned|is:unassigned' \
                '--search=-|text:…' \
                '--all|Settled ones as well' \
                '--group-by=heading|Under a heading for each value' \
                '--count|Only how many' \
                '--as-of=date|As it was then' \
                '--reveal|Show secrets as they are' \
                '--sort=order|Such as due,-created' \
                '--limit=-|0 is no limit' \
                '-L=-|0 is no limit' \
                '--exit-status|Exit 1 if nothing matches'
        case 'reply'
            printf '%s\n' '--message=-|The text' \
                '-m=-|The text' \
                '--file=file|Read the text from a file; - is stdin' \
                '-F=file|Read the text from a file; - is stdin' \
                '--attach=file|Attach a file' \
                '--edit|Write it in the editor' \
                '-e|Write it in the editor' \
                '--resolve|Resolve the ticket as well' \
                '--reason=:solved,answered,duplicate,wontfix,inactive|Why it is resolved (solved)' \
                '--pending|Wait for the customer after it' \
                '--open|Keep it open: there is more to do' \
                '--inbound|The text is the customer\'s, by phone or by hand' \
                '--at=date|When it was, if not now' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'note'
            printf '%s\n' '--message=-|The text' \
                '-m=-|The text' \
                '--file=file|Read the text from a file; - is stdin' \
                '-F=file|Read the text from a file; - is stdin' \
                '--attach=file|Attach a file' \
                '--edit|Write it in the editor' \
                '-e|Write it in the editor' \
                '--pin|Mark it as worth seeing first' \
                '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'log-call'
            printf '%s\n' '--note=-|What was said' \
                '-m=-|What was said' \
                '--from=customer|The customer who began: C-3, a phone …' \
                '--to=customer|The customer with whom we began' \
                '--in|The customer began; so it is if not said' \
                '--out|We began' \
                '--for=-|How long we spoke: 12m, 1h5m, 40s' \
                '--missed|Nobody was reached' \
                '--at=date|When it began, if it has not just ended' \
                '--subject=-|Of the ticket that it opens' \
                '--resolve|Resolve the ticket as well' \
                '--reason=:solved,answered,duplicate,wontfix,inactive|Why (solved)' \
                '--pending|Wait for the customer after it' \
                '--open|Keep it open: there is more to do' \
                '--import=file|Log those of a JSONL file; - is stdin' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'log-chat'
            printf '%s\n' '--file=file|Its transcript as JSONL; - is stdin' \
                '-F=file|Its transcript as JSONL; - is stdin' \
                '--lines=-|How many lines agents wrote' \
                '--waited=-|How long the customer waited for the first of them' \
                '--from=customer|The customer who began: C-3, a phone …' \
                '--to=customer|The customer with whom we began' \
                '--in|The customer began; so it is if not said' \
                '--out|We began' \
                '--for=-|How long we spoke: 12m, 1h5m, 40s' \
                '--missed|Nobody was reached' \
                '--at=date|When it began, if it has not just ended' \
                '--subject=-|Of the ticket that it opens' \
                '--resolve|Resolve the ticket as well' \
                '--reason=:solved,answered,duplicate,wontfix,inactive|Why (solved)' \
                '--pending|Wait for the customer after it' \
                '--open|Keep it open: there is more to do' \
                '--import=file|Log those of a JSONL file; - is stdin' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'assign'
            printf '%s\n' '--me|To yourself' \
                '--none|To nobody' \
                '--auto|To the agent of the department with the fewest open' \
                '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'prio'
            printf '%s\n' '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'tag'
            printf '%s\n' '--set|Replace all tags' \
                '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'untag'
            printf '%s\n' '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'edit'
            printf '%s\n' '--subject=-|The subject' \
                '--category=category|Such as billing/refund; \'none\' empties a field' \
                '--type=type|question, incident, problem or task, or the desk\'s own' \
                '--dept=dept|The department' \
                '--customer=customer|Who asks' \
                '-c=customer|Who asks' \
                '--channel=channel|Where it came from' \
                '--tier=-|The level of support' \
                '--due=date|When it must be done' \
                '--sla=-|What is promised: a level of service, or none' \
                '--field=-|A field of your own' \
                '--cc=-|Somebody else who takes part' \
                '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'wait'
            printf '%s\n' '--on=:customer,third-party|Whom (customer)' \
                '--until=date|Open it again then' \
                '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'snooze'
            printf '%s\n' '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'promise'
            printf '%s\n' '--by=date|When it will be done' \
                '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'promise cancel'
            printf '%s\n' '--number=-|Which one, if there are several' \
                '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'promise done'
            printf '%s\n' '--number=-|Which one, if there are several' \
                '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'promise list'
            printf '%s\n' '--all|Also those that are over' \
                '--sort=order|Such as due,-created' \
                '--limit=-|0 is no limit' \
                '-L=-|0 is no limit' \
                '--exit-status|Exit 1 if nothing matches'
        case 'promise make'
            printf '%s\n' '--by=date|When it will be done' \
                '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'time'
            printf '%s\n' '--note=-|What was done' \
                '--at=date|When it was, if not now' \
                '--start|Start your timer on the ticket' \
                '--switch|With --start: stop the one that runs elsewhere' \
                '--stop|Stop your timer, and record what it measured' \
                '--for=-|With --stop: record this instead' \
                '--sort=-|Such as due,-created' \
                '--limit=-|0 is no limit' \
                '-L=-|0 is no limit' \
                '--exit-status|Exit 1 if nothing matches' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'rate'
            printf '%s\n' '--comment=-|What the customer said to it' \
                '--at=date|When it was, if not now' \
                '--customer|It is the customer who rates' \
                '--withdraw|Let the rating count no more' \
                '--from=file|Import ratings from CSV or JSONL; - is stdin' \
                '--force|Also if nobody has answered' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'resolve'
            printf '%s\n' '--reason=:solved,answered,duplicate,wontfix,inactive|Why (solved)' \
                '--message=-|A last reply to the customer' \
                '-m=-|A last reply to the customer' \
                '--file=file|The reply from a file; - is stdin' \
                '-F=file|The reply from a file; - is stdin' \
                '--close|Close it for good as well' \
                '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'close'
            printf '%s\n' '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'reopen'
            printf '%s\n' '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'spam'
            printf '%s\n' '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'delete'
            printf '%s\n' '--purge|Erase what was written on them as well, for good' \
                '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'restore'
            printf '%s\n' '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'merge'
            printf '%s\n' '--into=ticket|The ticket that stays' \
                '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'unmerge'
            printf '%s\n' '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'split'
            printf '%s\n' '--subject=-|What the new ticket is about (the same)' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'link'
            printf '%s\n' '--as=:duplicate-of,blocked-by,related,parent,duplicated-by,blocks,child|How it is tied to them (related)' \
                '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'unlink'
            printf '%s\n' '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'undo'
            printf '%s\n' '--force|Over later changes as well' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key' \
                '--list|What can be taken back, the newest first' \
                '--limit=-|The last so many; 0: all' \
                '-L=-|The last so many; 0: all'
        case 'redo'
            printf '%s\n' '--force|Over later changes as well' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'apply'
            printf '%s\n' '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'search'
            printf '%s\n' '--all|Spam and the trash as well' \
                '--limit=-|0 is no limit' \
                '-L=-|0 is no limit' \
                '--exit-status|Exit 1 if nothing is found'
        case 'alert'
            printf '%s\n' '--all|What is fine as well'
        case 'alert check'
            printf '%s\n' '--all|What is fine as well'
        case 'alert list'
            printf '%s\n' '--sort=-|Such as due,-created' \
                '--limit=-|0 is no limit' \
                '-L=-|0 is no limit' \
                '--exit-status|Exit 1 if nothing matches'
        case 'alert rm'
            printf '%s\n' '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'alert save'
            printf '%s\n' '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'digest'
            printf '%s\n' '--html|As a page' \
                '--email-ready|As a mail with text and page' \
                '--to=-|Who gets the mail'
        case 'log'
            printf '%s\n' '--ops|What commands did, instead of event by event' \
                '--reverse|The oldest first' \
                '--limit=-|The last so many; 0: all' \
                '-L=-|The last so many; 0: all' \
                '--follow|Go on with what comes; the oldest first' \
                '--exit-status|Exit 1 if there is nothing' \
                '--reveal|Show secrets as they are'
        case 'report'
            printf '%s\n' '--from=date|From this date on' \
                '--to=date|Up to this date' \
                '--by=:day,week,month,quarter,year|A row for each period' \
                '--group-by=:department,agent,channel,tag,priority,type,category,customer,plan|A row for each' \
                '--sort=order|Such as -created,department' \
                '--limit=-|0 is no limit' \
                '-L=-|0 is no limit' \
                '--section=-|Only this table of the report' \
                '--survival|Medians that count what still waits' \
                '--as-of=date|As it was then' \
                '--chart=:line,area,bar,pie|Draw it in the terminal' \
                '--ascii|Draw with plain characters' \
                '--svg=file|Draw it as a picture' \
                '--html=file|Write a page with tables and charts' \
                '--force|Replace the file if it is there'
        case 'report list'
            printf '%s\n' '--metrics|What can be counted and measured' \
                '--sort=-|Such as due,-created' \
                '--limit=-|0 is no limit' \
                '-L=-|0 is no limit' \
                '--exit-status|Exit 1 if nothing matches'
        case 'report rm'
            printf '%s\n' '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'report save'
            printf '%s\n' '--from=date|From this date on' \
                '--to=date|Up to this date' \
                '--by=:day,week,month,quarter,year|A row for each period' \
                '--group-by=:department,agent,channel,tag,priority,type,category,customer,plan|A row for each' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'report show'
            printf '%s\n' '--from=date|From this date on' \
                '--to=date|Up to this date' \
                '--by=:day,week,month,quarter,year|A row for each period' \
                '--group-by=:department,agent,channel,tag,priority,type,category,customer,plan|A row for each' \
                '--sort=order|Such as -created,department' \
                '--limit=-|0 is no limit' \
                '-L=-|0 is no limit' \
                '--section=-|Only this table of the report' \
                '--survival|Medians that count what still waits' \
                '--as-of=date|As it was then' \
                '--chart=:line,area,bar,pie|Draw it in the terminal' \
                '--ascii|Draw with plain characters' \
                '--svg=file|Draw it as a picture' \
                '--html=file|Write a page with tables and charts' \
                '--force|Replace the file if it is there'
        case 'export'
            printf '%s\n' '--to=file|Write a file, which is there whole or not at all' \
                '--format=:jsonl,csv|jsonl (all there is), or csv' \
                '--all|Settled ones as well' \
                '--events|In CSV, a row for each event instead of each ticket' \
                '--raw|In CSV, leave cells that could be formulas as they are' \
                '--no-files|In JSONL, leave out what is in attachments' \
                '--reveal|Show secrets as they are' \
                '--force|Replace the file if it is there'
        case 'tags list'
            printf '%s\n' '--sort=-|Such as due,-created' \
                '--limit=-|0 is no limit' \
                '-L=-|0 is no limit' \
                '--exit-status|Exit 1 if nothing matches'
        case 'tags merge'
            printf '%s\n' '--into=tag|The tag that stays' \
                '--max=-|At most so many (50)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'tags rename'
            printf '%s\n' '--max=-|At most so many (50)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'tags rm'
            printf '%s\n' '--max=-|At most so many (50)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'when'
            printf '%s\n' '--due|As --due reads it: a day ends with its business hours'
        case 'demo'
            printf '%s\n' '--tickets=-|How many tickets (500)' \
                '--seed=-|Which of all such desks (1)'
        case 'import'
            printf '%s\n' '--from=:csv,jsonl,zendesk|What it is; else it tells' \
                '--map=file|Which column is which field; see --guess' \
                '--name=-|What the source is called in the history' \
                '--guess|Print a first map of a CSV file, and import nothing' \
                '--keep-going|Leave out bad rows, and exit with 1' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'customer add'
            printf '%s\n' '--email=-|An address of theirs' \
                '--phone=-|A phone of theirs' \
                '--org=organisation|Where they work' \
                '--location=-|Where they are' \
                '--plan=plan|What they pay for' \
                '--group=group|A group with promises of its own' \
                '--kind=-|Such as reseller, partner, affiliate' \
                '--no-vip|Whether they matter most' \
                '--vip|Whether they matter most' \
                '--since=date|Customer since then' \
                '--tags=-|All their tags' \
                '--pref=-|A preference of theirs' \
                '--field=-|A field of your own' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'customer edit'
            printf '%s\n' '--name=-|Their name; \'none\' empties a text' \
                '--no-email=-|Not their address any more' \
                '--no-phone=-|Not their phone any more' \
                '--email=-|An address of theirs' \
                '--phone=-|A phone of theirs' \
                '--org=organisation|Where they work' \
                '--location=-|Where they are' \
                '--plan=plan|What they pay for' \
                '--group=group|A group with promises of its own' \
                '--kind=-|Such as reseller, partner, affiliate' \
                '--no-vip|Whether they matter most' \
                '--vip|Whether they matter most' \
                '--since=date|Customer since then' \
                '--tags=-|All their tags' \
                '--pref=-|A preference of theirs' \
                '--field=-|A field of your own' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'customer forget'
            printf '%s\n' '--yes|Do not ask' \
                '-y|Do not ask' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'customer list'
            printf '%s\n' '--group=group|Of this group' \
                '--plan=plan|With this plan' \
                '--kind=-|Of this kind' \
                '--vip|Only VIPs' \
                '--all|Those who were merged as well' \
                '--sort=-|Such as due,-created' \
                '--limit=-|0 is no limit' \
                '-L=-|0 is no limit' \
                '--exit-status|Exit 1 if nothing matches'
        case 'customer merge'
            printf '%s\n' '--into=customer|The one who stays' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'agent add'
            printf '%s\n' '--email=-|Their address' \
                '--display-name=-|The name that customers see' \
                '--dept=dept|All departments they work for' \
                '--tier=-|The level of support they give' \
                '--skills=-|What they know about' \
                '--zone=zone|The time zone they work in' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'agent edit'
            printf '%s\n' '--email=-|Their address' \
                '--display-name=-|The name that customers see' \
                '--dept=dept|All departments they work for' \
                '--tier=-|The level of support they give' \
                '--skills=-|What they know about' \
                '--zone=zone|The time zone they work in' \
                '--active|No longer retired' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'agent list'
            printf '%s\n' '--all|Retired ones as well' \
                '--sort=-|Such as due,-created' \
                '--limit=-|0 is no limit' \
                '-L=-|0 is no limit' \
                '--exit-status|Exit 1 if nothing matches'
        case 'agent retire'
            printf '%s\n' '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'dept add'
            printf '%s\n' '--title=-|The name that customers see' \
                '--email=-|Where customers write to' \
                '--phone=-|Where customers call' \
                '--channels=-|How it can be reached: email, chat, phone' \
                '--kind=-|Such as function, product, region' \
                '--signature=-|What stands below its replies' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'dept edit'
            printf '%s\n' '--title=-|The name that customers see' \
                '--email=-|Where customers write to' \
                '--phone=-|Where customers call' \
                '--channels=-|How it can be reached: email, chat, phone' \
                '--kind=-|Such as function, product, region' \
                '--signature=-|What stands below its replies' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'dept list'
            printf '%s\n' '--sort=-|Such as due,-created' \
                '--limit=-|0 is no limit' \
                '-L=-|0 is no limit' \
                '--exit-status|Exit 1 if nothing matches'
        case 'dept members'
            printf '%s\n' '--add=agent|Agents who join' \
                '--remove=agent|Agents who leave' \
                '--all|All agents join' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'away'
            printf '%s\n' '--calendar=-|Only these; else all' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'away add'
            printf '%s\n' '--calendar=-|Only these; else all' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'away cancel'
            printf '%s\n' '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'away list'
            printf '%s\n' '--all|Also those that are over' \
                '--sort=-|Such as due,-created' \
                '--limit=-|0 is no limit' \
                '-L=-|0 is no limit' \
                '--exit-status|Exit 1 if nothing matches'
        case 'sla ack'
            printf '%s\n' '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'sla apply'
            printf '%s\n' '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'sla backtest'
            printf '%s\n' '--from=date|From this date on' \
                '--to=date|Up to this date' \
                '--solve=-|Find targets that so many meet'
        case 'sla calendar'
            printf '%s\n' '--year=-|The year of the holidays (this one)'
        case 'sla forecast'
            printf '%s\n' '--until=date|Else the next working day' \
                '--sort=order|Such as due,-created' \
                '--limit=-|0 is no limit' \
                '-L=-|0 is no limit' \
                '--exit-status|Exit 1 if nothing matches'
        case 'sla policies'
            printf '%s\n' '--sort=-|Such as due,-created' \
                '--limit=-|0 is no limit' \
                '-L=-|0 is no limit' \
                '--exit-status|Exit 1 if nothing matches'
        case 'sla report'
            printf '%s\n' '--from=date|Due from then on' \
                '--to=date|Due up to then' \
                '--by=:due,stop,start|Which moment of a clock has to lie between (due)'
        case 'sla silence'
            printf '%s\n' '--where=line|All that match' \
                '--max=-|At most so many tickets (50 of --where)' \
                '--yes|Do not ask' \
                '-y|Do not ask' \
                '--if-rev=-|Only if it is at this revision' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'sla simulate'
            printf '%s\n' '--customer=customer|Who asks: C-3, an address or a phone' \
                '-c=customer|Who asks: C-3, an address or a phone' \
                '--priority=level|The priority' \
                '-p=level|The priority' \
                '--tags=tag|Tags' \
                '-t=tag|Tags' \
                '--type=type|The type' \
                '--category=category|Such as billing/refund' \
                '--dept=dept|The department' \
                '--channel=channel|Where it came from' \
                '--sla=-|Under this level'
        case 'query list'
            printf '%s\n' '--sort=-|Such as due,-created' \
                '--limit=-|0 is no limit' \
                '-L=-|0 is no limit' \
                '--exit-status|Exit 1 if nothing matches'
        case 'query rm'
            printf '%s\n' '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'query save'
            printf '%s\n' '--sort=order|The order of its lists: due,-created' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'setup apply'
            printf '%s\n' '--if-rev=-|Only if it is at this version' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done' \
                '--why=-|A reason, for the history' \
                '--key=-|Do it once for this key'
        case 'setup diff'
            printf '%s\n' '--rev=-|From a version, not from now' \
                '--exit-status|Exit 1 if something differs'
        case 'setup edit'
            printf '%s\n' '--why=-|A reason, for the history'
        case 'setup log'
            printf '%s\n' '--limit=-|The last so many; 0: all' \
                '-L=-|The last so many; 0: all' \
                '--exit-status|Exit 1 if there is nothing'
        case 'setup show'
            printf '%s\n' '--rev=-|As it was at a version'
        case 'config get'
            printf '%s\n' '--show-origin|Where the value comes from, before it'
        case 'config list'
            printf '%s\n' '--show-origin|Where each value comes from'
        case 'backup'
            printf '%s\n' '--dry-run|Only check what restore would do' \
                '-n|Only check what restore would do' \
                '--yes|Do not ask' \
                '-y|Do not ask'
        case 'doctor'
            printf '%s\n' '--repair|Repair what can be repaired'
        case 'completion install'
            printf '%s\n' '--force|Over a file that is not tix\'s as well' \
                '--dry-run|Only show what would be done' \
                '-n|Only show what would be done'
        case 'help'
            printf '%s\n' '--all|Every command, topic and synonym'
    end
end

# Prints the sources of the arguments that may follow the words $argv[1].
function __tix_arguments
    switch $argv[1]
        case 'inbox'
            printf '%s\n' term...
        case 'next'
            printf '%s\n' term...
        case 'triage'
            printf '%s\n' term...
        case 'pick'
            printf '%s\n' term...
        case 'new'
            printf '%s\n' -...
        case 'show'
            printf '%s\n' ticket...
        case 'list'
            printf '%s\n' term...
        case 'reply'
            printf '%s\n' ticket
        case 'note'
            printf '%s\n' ticket...
        case 'log-call'
            printf '%s\n' ticket
        case 'log-chat'
            printf '%s\n' ticket
        case 'assign'
            printf '%s\n' ticket+agent agent+ticket...
        case 'prio'
            printf '%s\n' ticket+priority priority+ticket...
        case 'tag'
            printf '%s\n' ticket+tag tag+ticket...
        case 'untag'
            printf '%s\n' ticket+tag tag+ticket...
        case 'edit'
            printf '%s\n' ticket...
        case 'wait'
            printf '%s\n' ticket...
        case 'snooze'
            printf '%s\n' ticket+date date+ticket...
        case 'promise'
            printf '%s\n' ticket+ticket ticket+ticket...
        case 'promise cancel'
            printf '%s\n' ticket...
        case 'promise done'
            printf '%s\n' ticket...
        case 'promise list'
            printf '%s\n' term...
        case 'promise make'
            printf '%s\n' ticket+ticket ticket+ticket...
        case 'time'
            printf '%s\n' ticket -
        case 'rate'
            printf '%s\n' ticket -
        case 'resolve'
            printf '%s\n' ticket...
        case 'close'
            printf '%s\n' ticket...
        case 'reopen'
            printf '%s\n' ticket...
        case 'spam'
            printf '%s\n' ticket...
        case 'delete'
            printf '%s\n' ticket...
        case 'restore'
            printf '%s\n' ticket...
        case 'merge'
            printf '%s\n' ticket...
        case 'unmerge'
            printf '%s\n' ticket...
        case 'split'
            printf '%s\n' ticket -...
        case 'link'
            printf '%s\n' ticket ticket...
        case 'unlink'
            printf '%s\n' ticket ticket...
        case 'undo'
            printf '%s\n' operation
        case 'redo'
            printf '%s\n' operation
        case 'apply'
            printf '%s\n' file
        case 'search'
            printf '%s\n' -...
        case 'alert'
            printf '%s\n' -...
        case 'alert check'
            printf '%s\n' -...
        case 'alert rm'
            printf '%s\n' -
        case 'alert save'
            printf '%s\n' - - term...
        case 'digest'
            printf '%s\n' term...
        case 'log'
            printf '%s\n' ticket...
        case 'report'
            printf '%s\n' report term...
        case 'report define'
            printf '%s\n' metric
        case 'report rm'
            printf '%s\n' report
        case 'report save'
            printf '%s\n' - report term...
        case 'report show'
            printf '%s\n' report term...
        case 'export'
            printf '%s\n' term...
        case 'tags merge'
            printf '%s\n' tag...
        case 'tags rename'
            printf '%s\n' tag tag
        case 'tags rm'
            printf '%s\n' tag...
        case 'when'
            printf '%s\n' date...
        case 'init'
            printf '%s\n' folder
        case 'demo'
            printf '%s\n' folder
        case 'import'
            printf '%s\n' file
        case 'customer add'
            printf '%s\n' -...
        case 'customer edit'
            printf '%s\n' customer
        case 'customer forget'
            printf '%s\n' customer
        case 'customer list'
            printf '%s\n' -...
        case 'customer merge'
            printf '%s\n' customer...
        case 'customer show'
            printf '%s\n' customer
        case 'agent add'
            printf '%s\n' -
        case 'agent edit'
            printf '%s\n' agent
        case 'agent retire'
            printf '%s\n' agent
        case 'agent show'
            printf '%s\n' agent
        case 'dept add'
            printf '%s\n' -
        case 'dept edit'
            printf '%s\n' dept
        case 'dept members'
            printf '%s\n' dept
        case 'dept show'
            printf '%s\n' dept
        case 'away'
            printf '%s\n' date
        case 'away add'
            printf '%s\n' date
        case 'away cancel'
            printf '%s\n' date
        case 'sla ack'
            printf '%s\n' ticket...
        case 'sla apply'
            printf '%s\n' ticket...
        case 'sla backtest'
            printf '%s\n' file
        case 'sla calendar'
            printf '%s\n' -
        case 'sla explain'
            printf '%s\n' ticket
        case 'sla forecast'
            printf '%s\n' term...
        case 'sla show'
            printf '%s\n' -
        case 'sla silence'
            printf '%s\n' ticket+date date+ticket...
        case 'sla simulate'
            printf '%s\n' -...
        case 'query rm'
            printf '%s\n' query
        case 'query save'
            printf '%s\n' query term...
        case 'query show'
            printf '%s\n' query
        case 'setup apply'
            printf '%s\n' file
        case 'setup diff'
            printf '%s\n' file
        case 'config get'
            printf '%s\n' :me,timezone,output,color,pager,editor,editor_time,lock_timeout,hooks,sla_tag,sla_notify
        case 'config set'
            printf '%s\n' :me,timezone,output,color,pager,editor,editor_time,lock_timeout,hooks,sla_tag,sla_notify -
        case 'config unset'
            printf '%s\n' :me,timezone,output,color,pager,editor,editor_time,lock_timeout,hooks,sla_tag,sla_notify
        case 'backup'
            printf '%s\n' backup+file...
        case 'schema'
            printf '%s\n' :agent,agent_list,alert,alert_list,attachment,attachment_list,away,away_list,backup,backup_file,backup_list,backup_restored,breach,breach_list,calendar,change,clock,command,completion,config_path,customer,customer_list,date,date_list,department,department_list,digest,digest_row,error,event,event_list,export,hit,hit_list,import,importance,importance_list,level,level_list,metric,metric_list,operation,operation_list,problem,problem_list,promise,promise_list,query,query_list,report,report_kind,report_kind_list,report_recomputed,report_row,saved_alert,saved_alert_list,schema,schema_list,setting,setting_list,setup,setup_diff,setup_version,setup_version_list,sla_backtest,sla_check,sla_compliance,sla_explanation,sla_item,sla_report,sla_segment,sla_simulation,tag,tag_list,ticket,ticket_list,time_entry,time_list
        case 'completion install'
            printf '%s\n' :bash,zsh,fish
        case 'completion show'
            printf '%s\n' :bash,zsh,fish
    end
end

# Prints the command that $argv[1] is another word for.
function __tix_name
    switch $argv[1]
        case add create
            echo new
        case ls
            echo list
        case view cat
            echo show
        case priority
            echo prio
        case done solve
            echo resolve
        case rm
            echo delete
        case postpone
            echo snooze
        case find
            echo search
        case stats
            echo report
        case '*'
            printf '%s\n' $argv[1]
    end
end

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
