/** Apart, because the build writes this file again with yargs in it: seventeen modules of it are slow to load. */
export { default } from 'yargs';
