import Inputs

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

// The journal reader alone, as `martlet journal-reader` runs it.
exit(JournalReader.main(arguments: Array(CommandLine.arguments.dropFirst(2))))
