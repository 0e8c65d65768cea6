/** A package that files are taken from, without installing it. */
export interface NpmPackage {
  /** With its exact version: `name@1.2.3`. */
  readonly spec: string;
  /** Of its tarball, as npm writes it: `sha512-...`. */
  readonly integrity: string;
  /** The files' folder below the package's own. */
  readonly folder: string;
}
