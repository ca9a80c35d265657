import * as v from 'valibot';
import type { Visitor } from './visitor.ts';

const rowSchema = v.object({
  row: v.looseObject({
    id: v.number(),
    title: v.string(),
    recordId: v.number(),
    publicFlag: v.boolean(),
  }),
});
export interface UserFile {
  agreementId: string;
  title: string;
  isPublic: boolean;
  csv: string;
}

/** The documents that hang on agreements of the sandbox's ConnectWise now, as a person there opens them. */
export async function userFiles({ world }: Pick<Visitor, 'world'>): Promise<UserFile[]> {
  const rows = new Map<number, v.InferOutput<typeof rowSchema>['row']>();
  for (const { kind, data } of world.systems.connectwise.journal()) {
    if (!kind.startsWith('document.')) continue;
    const { row } = v.parse(rowSchema, data);
    if (kind === 'document.deleted') rows.delete(row.id);
    else rows.set(row.id, row);
  }
  return Promise.all(
    [...rows.values()].map(async ({ id, title, recordId, publicFlag }) => {
      const page = `${world.urls.systems.connectwise}/documents/${id}`;
      const csv = await (await world.fetch(new Request(page))).text();
      return { agreementId: String(recordId), title, isPublic: publicFlag, csv };
    }),
  );
}

/** How many documents were made in ConnectWise so far, and how many taken away. */
export function fileCounts({ world }: Pick<Visitor, 'world'>): { made: number; gone: number } {
  const kinds = world.systems.connectwise.journal().map(({ kind }) => kind);
  const of = (wanted: string) => kinds.filter((kind) => kind === wanted).length;
  return { made: of('document.created'), gone: of('document.deleted') };
}
