/** A planted bug: one text of one file of the server, replaced while it is loaded. */
export interface Mutant {
  name: string;
  /** From the repository's root. */
  file: string;
  /** Stands exactly once in the file, else the mutant is out of date and says so. */
  find: string;
  replace: string;
  /** The seed known to find it: tests begin there. */
  seed: number;
  /** Shows in about one of a hundred seeds: hunted by `npm run simulate -- --mutants` alone. */
  isRare?: boolean;
}
