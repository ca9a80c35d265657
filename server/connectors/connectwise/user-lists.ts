import * as v from 'valibot';
import { AppError, retryLater, retryNever } from '../../domain/errors.ts';
import type { UserList, UserListPlace, UserLists } from '../../domain/ports/user-lists.ts';
import type { Client, Written } from './client.ts';
import { attachmentSchema } from './schema.ts';

type Attachment = v.InferOutput<typeof attachmentSchema>;

const path = 'system/documents';
const recordType = 'Agreement';
const fileName = 'users.csv';

/** Lists of users as documents of an agreement: the title tells which are ours, and what they hold. */
export function createUserLists(client: Client): UserLists {
  async function ours({ documentId, mark }: UserListPlace): Promise<Attachment[]> {
    const { records } = await client.list(path, attachmentSchema, {
      query: { recordType, recordId: documentId },
    });
    return records.filter(({ title }) => title?.startsWith(`${titleOf(mark)} `) === true);
  }

  async function remove({ id }: Attachment): Promise<void> {
    const gone = await client.write({ method: 'DELETE', path: `${path}/${id}` });
    if (gone.status === 'done') return;
    // Somebody was faster: what should be gone is gone.
    if (gone.certainty === 'refused' && (await isGone(id))) return;
    thrown(gone);
  }

  const isGone = (id: string) =>
    client.file(`${path}/${id}/download`).then(
      () => false,
      (error: unknown) => error instanceof AppError && error.code === 'request.not-found',
    );

  async function upload(list: UserList, title: string): Promise<Attachment> {
    const made = await client.write({ method: 'POST', path, body: formOf(list, title) });
    if (made.status === 'failed') return thrown(made);
    const known = v.safeParse(attachmentSchema, made.value);
    if (!known.success) throw new AppError('system.answer', { retry: retryLater() });
    if (known.output.publicFlag !== true) return known.output;
    // People's names where a customer's portal shows them: better no list than a public one.
    await remove(known.output);
    throw new AppError('system.rejected', { said: notPrivate, retry: retryNever });
  }

  return {
    put: async (list) => {
      const title = `${titleOf(list.mark)} ${list.digest}`;
      const before = await ours(list);
      const there = before.find((one) => one.title === title && one.publicFlag !== true);
      const current = there ?? (await upload(list, title));
      for (const old of before) if (old.id !== current.id) await remove(old);
      return there === undefined;
    },
    remove: async (place) => {
      const all = await ours(place);
      for (const one of all) await remove(one);
      return all.length;
    },
  };
}

const notPrivate =
  'ConnectWise did not keep the list of users private, so it was taken away again.';

const titleOf = (mark: string): string => `Users [${mark}]`;

/** Multipart as the platform writes it: bytes that are encoded by hand arrive damaged (reports of the live API). */
function formOf({ documentId, csv }: UserList, title: string): FormData {
  const form = new FormData();
  form.set('recordType', recordType);
  form.set('recordId', documentId);
  form.set('title', title);
  form.set('privateFlag', 'true');
  form.set('file', new Blob([csv], { type: 'text/csv' }), fileName);
  return form;
}

function thrown({ failure }: Exclude<Written, { status: 'done' }>): never {
  const { code, said, retry, reference } = failure;
  throw new AppError(code, { said, retry, reference });
}
