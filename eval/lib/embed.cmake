# Writes OUTPUT, a C file that holds the text of every STG file of FOLDER, in order of name:
#   cmake -DFOLDER=eval/lib -DOUTPUT=library_files.c -P embed.cmake
file(GLOB sources ${FOLDER}/*.stg)
set(texts "")
set(rows "")
foreach(source ${sources})
  get_filename_component(name ${source} NAME_WE)
  file(SIZE ${source} size)
  file(READ ${source} bytes HEX)
  string(REGEX REPLACE "(................................)" "\\1\n    " bytes "${bytes}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
  string(APPEND texts "static const char text_${name}[] = {\n    ${bytes}0};\n")
  string(APPEND rows "    {\"${name}\", text_${name}, ${size}},\n")
endforeach()
list(LENGTH sources count)
file(WRITE ${OUTPUT} "/* Made by embed.cmake from the library's STG text. */
#include \"eval/machine.h\"

${texts}
const LibraryFile library_files[] = {
${rows}};
const unsigned library_file_count = ${count};
")
