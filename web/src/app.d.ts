/// <reference types="@sveltejs/kit" />

/** Their styles name typefaces, and export nothing. */
declare module '@fontsource/*';
