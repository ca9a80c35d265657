/** A planted bug: one text of one file of the server, replaced while it is loaded. */
export interface Mutant {
  name: string;
  /** What a reseller would have suffered. */
  hurts: string;
  /** From the repository's root. */
  file: string;
  /** Stands exactly once in the file, else the mutant is out of date and says so. */
  find: string;
  replace: string;
  /** Found by one of the first seeds: hunted with every test, the others by `npm run simulate -- --mutants`. */
  isCommon?: boolean;
}
