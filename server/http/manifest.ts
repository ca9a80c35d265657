import * as v from 'valibot';
import template from '../../manifest/app.json' with { type: 'json' };
import schema from '../../manifest/schema.json' with { type: 'json' };
import { isLoopback } from '../access/marketplaces.ts';

const templateOrigin = template.baseUrl;
/** The version that the marketplace and people know. */
export const appVersion = template.version;
/** How long what was there is kept after an uninstall, as the manifest promises. */
export const { retentionDays } = template.data;
const loopback = '(localhost|127\\.0\\.0\\.[12]|\\[::1\\])';

/** The manifest of this installation of the app: every address of the template's origin is ours. */
export function manifestFor(publicUrl: string): unknown {
  return withOrigin(template, publicUrl);
}

/**
 * The schema under our own address. Only beside a loopback address does it let plain http on
 * loopback through: that is the sandbox's own build of it.
 */
export function schemaFor(publicUrl: string): unknown {
  const own = v.parse(v.looseObject({ $defs: v.looseObject({}) }), withOrigin(schema, publicUrl));
  if (!isLoopback(new URL(publicUrl))) return own;
  return {
    ...own,
    $defs: {
      ...own.$defs,
      origin: { type: 'string', pattern: `^http://${loopback}(:[0-9]{2,5})?$` },
      address: {
        type: 'string',
        maxLength: 300,
        pattern: `^(https://|http://${loopback}(:[0-9]{2,5})?/)[^\\s#?@\\\\]+$`,
      },
    },
  };
}

const withOrigin = (document: object, publicUrl: string): unknown =>
  JSON.parse(JSON.stringify(document), (name, value: unknown) =>
    typeof value === 'string' && addressNames.includes(name)
      ? value.replace(templateOrigin, () => publicUrl)
      : value,
  );

/** Members that hold an address of this installation; the vendor's own pages stay as written. */
const addressNames = ['baseUrl', '$id', 'session', 'lifecycle'];
