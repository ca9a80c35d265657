import { AppError } from '../../domain/errors.ts';
import type { Element } from '../../domain/intent.ts';
import type { Outcome } from '../../domain/ports/write.ts';
import { createCompany, createService } from './create.ts';
import { changeContracts, openContracts, type Writing } from './write-contracts.ts';

/**
 * Writes elements of one batch: new contracts, lines of contracts, a company or a service.
 * Every element is such that sending it again finishes what is missing.
 */
export async function writeElements(
  writing: Writing,
  elements: readonly Element[],
): Promise<Outcome[]> {
  const { client, reader } = writing;
  const [first] = elements;
  if (first === undefined) return [];
  if (elements.some(({ batch }) => batch !== first.batch)) throw new AppError('system.bug');
  switch (first.kind) {
    case 'company-create':
      return [await createCompany(client, reader, first)];
    case 'item-create':
      return [await createService(client, first)];
    case 'document-create':
      return openContracts(writing, elements);
    case 'document-change':
      return changeContracts(writing, elements);
    case 'document-state':
    case 'allocate':
    case 'send':
    case 'remove':
      throw new AppError('system.bug');
    default:
      return first.kind satisfies never;
  }
}
