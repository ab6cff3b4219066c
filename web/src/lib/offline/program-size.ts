/** What keeping the whole program transfers at most, in kB. The bench holds the program to it. */
export const PROGRAM_KB = 900;
