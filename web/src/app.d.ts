/// <reference types="@sveltejs/kit" />

declare module '@fontsource/*';
