import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes long starts first, so that no worker is left with it alone at the end. */
const longest = [
  'test/browser/journey',
  'test/ui/screens',
  'test/simulation/',
  'test/browser/',
  'test/kill/',
  'test/bench/',
  'test/journey/',
  'test/serve',
  'test/ui/',
  'test/sandbox/',
  'test/domain/',
  'test/store/',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return [...files].sort((a, b) => rank(a) - rank(b));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const found = longest.findIndex((part) => moduleId.includes(part));
  return found === -1 ? longest.length : found;
}
