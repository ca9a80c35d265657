/** A multipart body, read: texts and files by the name of their part. */
export interface Form {
  fields: Readonly<Record<string, string>>;
  files: Readonly<Record<string, SentFile>>;
}

export interface SentFile {
  name: string;
  contentType: string;
  bytes: Uint8Array;
}

/** Nothing when the body is no multipart one, or cannot be read as one. */
export async function formOf(headers: Headers, bytes: ArrayBuffer): Promise<Form | undefined> {
  const type = headers.get('content-type') ?? '';
  if (!type.toLowerCase().startsWith('multipart/form-data')) return undefined;
  const fields: Record<string, string> = {};
  const files: Record<string, SentFile> = {};
  try {
    const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
    for (const [name, value] of form) {
      if (typeof value === 'string') fields[name] = value;
      else
        files[name] = {
          name: value.name,
          contentType: value.type || 'application/octet-stream',
          bytes: new Uint8Array(await value.arrayBuffer()),
        };
    }
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
  return { fields, files };
}
