/** What `multaqa` says of itself. */
export const USAGE = `multaqa <command>

  key      --to <file>                          Makes the key that opens backups: <file> (secret) and <file>.pub.
                                                Do it on another machine, and bring only <file>.pub here.
  backup   --to <file|folder> --recipient <key|file.pub>
                                                Writes a sealed backup while the server runs, and reads it back.
  restore  --from <file> --identity <file> [--replace]
                                                Puts a backup where DATA_DIR or DATABASE_URL says. The server is stopped.
  move     --to postgres://… [--replace]        Copies the forum in DATA_DIR to PostgreSQL. The server is stopped.
  check                                         Looks at the whole database and at every chain. Changes nothing.

The settings of the server hold here too: DATA_DIR, DATABASE_URL.
It ends with 0: done; 1: it went wrong on the way; 2: wrongly written; 3: refused, and nothing was changed.
`;
