# Writes OUTPUT, a C file that holds the bytes of every file of FILES, in that order, as TABLE:
#   cmake -DFOLDER=eval/lib -DFILES="eval/lib/Char.stg;…" -DTABLE=library_files -DOUTPUT=library_files.c -P embed.cmake
set(texts "")
set(rows "")
set(count 0)
foreach(source ${FILES})
  file(RELATIVE_PATH name ${FOLDER} ${source})
  math(EXPR count "${count} + 1")
  string(APPEND texts "EMBED(${TABLE}_${count}, \"${source}\")\n")
  string(APPEND rows "    {\"${name}\", ${TABLE}_${count}, ${TABLE}_${count}_end},\n")
endforeach()
file(WRITE ${OUTPUT} "/* Made by embed.cmake. */
#include \"eval/embedded.h\"

#define EMBED(name, path) \\
    __asm__(\".pushsection .rodata\\n\" #name \": .incbin \\\"\" path \"\\\"\\n\" #name \"_end: .byte 0\\n.popsection\"); \\
    extern const char name[], name##_end[];

${texts}
const EmbeddedFile ${TABLE}[] = {
${rows}};
const unsigned ${TABLE}_count = ${count};
")
