/** Signatures are checked in the browser, so this page needs its script; it asks nobody for anything else. */
export const csr = true;
export const ssr = false;
