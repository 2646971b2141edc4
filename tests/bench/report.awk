# From lines `PROGRAM SET`, then `PROGRAM SYSTEM start|run SECONDS KILOBYTES`: a table of figures, their means, and the goals;
# the figures as JSON into the file `json`. Also given: `systems`, in their order, and how many `rounds`.
NF == 2 { programs[++program_count] = $1; set_of[$1] = $2; next }
{
    key = $1 SUBSEP $2 SUBSEP $3
    seconds[key, ++runs[key]] = $4
    if ($5 > peak[key]) peak[key] = $5
}

function sorted(key, out,    i, j, t) {
    for (i = 1; i <= runs[key]; i++) {
        t = seconds[key, i] + 0
        for (j = i - 1; j > 0 && out[j] > t; j--) out[j + 1] = out[j]
        out[j + 1] = t
    }
}
function median(key,    s) { sorted(key, s); return s[int((runs[key] + 1) / 2)] }
function spread(key,    s, middle) {
    sorted(key, s)
    middle = s[int((runs[key] + 1) / 2)]
    return middle ? 50 * (s[runs[key]] - s[1]) / middle : 0
}
function list(key,    i, text) {
    for (i = 1; i <= runs[key]; i++) text = text (i > 1 ? "," : "") seconds[key, i]
    return "[" text "]"
}
function measured(program, who) { return ((program SUBSEP who SUBSEP "run") in runs) }
# Seconds of the program itself, at least what the clock can tell.
function net(program, who,    t) {
    t = median(program SUBSEP who SUBSEP "run") - median(program SUBSEP who SUBSEP "start")
    return t > 0.001 ? t : 0.001
}
function ratio(program, who) { return measured(program, "ghci") ? net(program, who) / net(program, "ghci") : 0 }

function geometric_mean(set, who,    i, n, sum) {
    for (i = 1; i <= program_count; i++)
        if (set_of[programs[i]] == set && measured(programs[i], who) && ratio(programs[i], who)) {
            sum += log(ratio(programs[i], who))
            n++
        }
    return n ? exp(sum / n) : 0
}

function print_row(program,    i, who, key) {
    printf "%-14s", program
    for (i = 1; i <= system_count; i++) {
        who = names[i]
        key = program SUBSEP who SUBSEP "run"
        if (!measured(program, who)) {
            printf "  %24s", "-"
            continue
        }
        printf "  %7.3f ±%2.0f%% %6.2f %4d", net(program, who), spread(key), ratio(program, who), peak[key] / 1024
    }
    print ""
}
function print_means(set,    i) {
    printf "%-14s", set
    for (i = 1; i <= system_count; i++) printf "  %12s %6.3f     ", "", geometric_mean(set, names[i])
    print ""
}

function goal(what, value, limit, unit) {
    if (value > 0) printf "%-60s %8.3f%s, at most %g: %s\n", what, value, unit, limit, value <= limit ? "met" : "missed"
}
function print_goals(    i, k, who, worst, start, memory, key) {
    goal("micro programs from -O0 STG, geometric mean to GHCi", geometric_mean("micro", "ours-O0"), 0.25)
    goal("micro programs from -O1 STG, geometric mean to GHCi", geometric_mean("micro", "ours-O1"), 0.10)
    goal("nofib-like programs from -O1 STG, geometric mean to GHCi", geometric_mean("nofib-like", "ours-O1"), 1)
    for (i = 1; i <= program_count; i++)
        for (k = 1; k <= system_count; k++) {
            who = names[k]
            if (who !~ /^ours/ || !measured(programs[i], who)) continue
            if (set_of[programs[i]] == "micro" && ratio(programs[i], who) > worst) worst = ratio(programs[i], who)
            key = programs[i] SUBSEP who SUBSEP "start"
            if (1000 * median(key) > start) start = 1000 * median(key)
            key = programs[i] SUBSEP who SUBSEP "run"
            if (peak[key] / 1024 > memory) memory = peak[key] / 1024
        }
    goal("the slowest micro program of ours to GHCi", worst, 1)
    goal("our start, the worst median", start, 20, " ms")
    goal("our largest resident set", memory, 130, " MB")
}

function write_json(    i, k, key, separator) {
    printf "[" >json
    for (i = 1; i <= program_count; i++)
        for (k = 1; k <= system_count; k++) {
            if (!measured(programs[i], names[k])) continue
            key = programs[i] SUBSEP names[k] SUBSEP
            printf "%s\n{\"program\":\"%s\",\"set\":\"%s\",\"system\":\"%s\",\"seconds\":%.3f,\"to_ghci\":%.4f,\"runs\":%s,\"starts\":%s,\"peak_kilobytes\":%d}", \
                separator, programs[i], set_of[programs[i]], names[k], net(programs[i], names[k]), ratio(programs[i], names[k]), \
                list(key "run"), list(key "start"), peak[key "run"] >json
            separator = ","
        }
    print "\n]" >json
}

END {
    system_count = split(systems, names, " ")
    printf "%-14s", "program"
    for (i = 1; i <= system_count; i++) printf "  %24s", names[i]
    printf "\n%-14s", ""
    for (i = 1; i <= system_count; i++) printf "  %24s", "seconds      ratio   MB"
    print ""
    for (i = 1; i <= program_count; i++) print_row(programs[i])
    print_means("micro")
    print_means("nofib-like")
    print "ratio: to GHCi, user CPU seconds without the start, medians of " rounds
    print_goals()
    write_json()
}
