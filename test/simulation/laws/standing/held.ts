import { heldAgreements } from '../../../kit/agreement-books.ts';
import { heldContracts } from '../../../kit/contract-books.ts';
import type { Scene } from '../../scene.ts';
import type { Evidence } from '../law.ts';

/** What stands in the scene's system, for the laws; null where its lines do not stay open. */
export async function standingOf({ world, standing }: Scene): Promise<Evidence['standing']> {
  if (standing === null) return null;
  const held =
    standing.system === 'autotask'
      ? await heldContracts({ world })
      : await heldAgreements({ world });
  return { books: standing, held };
}
