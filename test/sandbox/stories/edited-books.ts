import { ActionRefused } from '../marketplace/scene.ts';
import { must } from '../must.ts';
import type { World } from '../world.ts';

/** What a person did to invoices that the app wrote. */
export interface EditedBooks {
  documentId: string;
  edited: string;
  removed: string;
  /** Lines the person added: one of their own, one that copies a line of the app with its mark. */
  added: { own: string; copied: string };
}

const ownText = 'A visit by hand';

/** Somebody tidies an invoice up at the end of a month: another price, a line gone, a visit, a line twice. */
export function editBooks(world: World, organisation: string): EditedBooks {
  const { person } = world.systems.xero;
  const found = person
    .openInvoices(organisation)
    .filter(({ lines }) => lines.filter(({ description }) => isOfTheApp(description)).length > 1)
    .at(-1);
  if (found === undefined)
    throw new ActionRefused('no open invoice has two lines of the app: bill something first');
  const [first, second] = found.lines.filter(({ description }) => isOfTheApp(description));
  const edited = must(first, 'a line');
  const removed = must(second, 'another line');
  const { documentId } = found;
  person.editLine(documentId, edited.lineItemId, { unitAmount: '77.77' });
  person.deleteLine(documentId, removed.lineItemId);
  const line = { quantity: '1', unitAmount: '9.99', accountCode: '200' };
  person.addLine(documentId, { ...line, description: ownText, unitAmount: '120' });
  person.addLine(documentId, { ...line, description: edited.description });
  return {
    documentId,
    edited: edited.description,
    removed: removed.description,
    added: { own: ownText, copied: edited.description },
  };
}

/** The app's lines end with a short mark in brackets, as their consent page says. */
const isOfTheApp = (description: string): boolean => /\[LP\w+\]\s*$/.test(description);
