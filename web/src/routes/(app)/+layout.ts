/** The engine lives in the browser: the server sends an empty shell, the same for everybody. */
export const ssr = false;
