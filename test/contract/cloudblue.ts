import { readFileSync } from 'node:fs';
import {
  bodyProblems,
  type Judgement,
  once,
  queryProblems,
  type Schema,
  type Sent,
  templateOf,
} from './judged.ts';

/** Judges requests by the description of SimpleAPI 1.15 (its source and licence are members of the file). */
interface Operation {
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: { $ref: string } }> };
  security?: Record<string, unknown>[];
}
const description: {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
} = JSON.parse(readFileSync(new URL('./cloudblue-simpleapi.json', import.meta.url), 'utf8'));

/** `base` is where the API of this marketplace begins; the description tells paths below it. */
export function judgeCloudBlue(sent: Sent, base: string): Judgement {
  const { method, url, headers } = sent;
  const path = url.pathname.slice(new URL(base).pathname.replace(/\/$/, '').length);
  const template = templateOf(Object.keys(description.paths), path);
  const operation = description.paths[template ?? '']?.[method.toLowerCase()];
  const name = `${method} ${template ?? path}`;
  if (!operation) return { operation: name, problems: ['is not described'] };
  const parameters = operation.parameters ?? [];
  const query = parameters.filter((one) => one.in === 'query');
  const needed = parameters.filter((one) => one.in === 'header' && one.required === true);
  const scheme = template === '/token' ? 'Basic ' : 'Bearer ';
  return {
    operation: name,
    problems: [
      ...needed.flatMap((one) => (headers.get(one.name) ? [] : [`${one.name} is missing`])),
      ...(headers.get('authorization')?.startsWith(scheme) ? [] : [`no ${scheme}token`]),
      ...queryProblems(url, Object.fromEntries(query.map((one) => [one.name, one.schema]))),
      ...bodyProblems(sent, bodySchema(operation)),
    ],
  };
}

const bodySchema = once(({ requestBody }: Operation): Schema | undefined => {
  const schema = requestBody?.content['application/json']?.schema;
  if (!schema) return undefined;
  const named = description.components.schemas[schema.$ref?.split('/').at(-1) ?? ''];
  return { ...(named ?? schema), additionalProperties: false, components: description.components };
});
