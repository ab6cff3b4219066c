/** Read by everybody, with any browser: made on the server, and no script goes with it. */
export const csr = false;
export const ssr = true;
