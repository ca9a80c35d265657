import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
  type webcrypto,
} from 'node:crypto';
import * as v from 'valibot';

/**
 * Web Crypto runs on threads of Node and ends when it likes; here the few algorithms that the app and
 * the marketplace use are done at once, so that they cannot decide what comes first. Any other is
 * refused: it has to be added here first. Installed once for the process.
 */
export function installSynchronousCrypto(): void {
  const prototype: object = Object.getPrototypeOf(globalThis.crypto.subtle);
  for (const [name, work] of Object.entries(works))
    Reflect.set(prototype, name, async (...given: unknown[]) => work(...given));
}

const refused = (name: string) => (): never => {
  throw new Error(`the simulation does not do ${name} at once`);
};
const tagBytes = 16;
const keySchema = v.instance(CryptoKey);
const bytesSchema = v.union([v.instance(Uint8Array), v.instance(ArrayBuffer)]);
const usagesSchema = v.array(
  v.picklist([
    'encrypt',
    'decrypt',
    'sign',
    'verify',
    'deriveKey',
    'deriveBits',
    'wrapKey',
    'unwrapKey',
  ]),
);
const gcmSchema = v.looseObject({
  name: v.literal('AES-GCM'),
  iv: v.instance(Uint8Array),
  additionalData: v.optional(v.instance(Uint8Array)),
});
const shaSchema = v.union([v.literal('SHA-256'), v.object({ name: v.literal('SHA-256') })]);
const ecdsaSchema = v.looseObject({ name: v.literal('ECDSA'), hash: shaSchema });
const curveSchema = v.looseObject({ name: v.literal('ECDSA'), namedCurve: v.literal('P-256') });
const publicSchema = v.looseObject({ kty: v.literal('EC'), x: v.string(), y: v.string() });
const privateSchema = v.looseObject({ ...publicSchema.entries, d: v.string() });
const ecdsaOf = (key: KeyObject) => ({ key, dsaEncoding: 'ieee-p1363' }) as const;

const works: Readonly<Record<string, (...given: unknown[]) => unknown>> = {
  digest: (algorithm, data) => {
    v.parse(shaSchema, algorithm);
    return bufferOf(createHash('sha256').update(bytesOf(data)).digest());
  },
  sign: (algorithm, key, data) => {
    v.parse(ecdsaSchema, algorithm);
    return bufferOf(sign('sha256', bytesOf(data), ecdsaOf(keyOf(key))));
  },
  verify: (algorithm, key, signature, data) => {
    v.parse(ecdsaSchema, algorithm);
    return verify('sha256', bytesOf(data), ecdsaOf(keyOf(key)), bytesOf(signature));
  },
  encrypt: (algorithm, key, data) => {
    const { iv, additionalData } = v.parse(gcmSchema, algorithm);
    const cipher = createCipheriv('aes-256-gcm', keyOf(key), iv);
    if (additionalData !== undefined) cipher.setAAD(additionalData);
    return bufferOf(
      Buffer.concat([cipher.update(bytesOf(data)), cipher.final(), cipher.getAuthTag()]),
    );
  },
  decrypt: (algorithm, key, data) => {
    const { iv, additionalData } = v.parse(gcmSchema, algorithm);
    const bytes = bytesOf(data);
    const decipher = createDecipheriv('aes-256-gcm', keyOf(key), iv);
    if (additionalData !== undefined) decipher.setAAD(additionalData);
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    return bufferOf(
      Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]),
    );
  },
  importKey: (format, data, algorithm, extractable, usages) => {
    const uses = v.parse(usagesSchema, usages);
    const isExtractable = v.parse(v.boolean(), extractable);
    if (format === 'raw')
      return kept(createSecretKey(bytesOf(data)), (own) =>
        own.toCryptoKey(nameIn(algorithm), isExtractable, uses),
      );
    if (format !== 'jwk') return refused(`importKey of ${String(format)}`)();
    const secret = v.safeParse(privateSchema, data);
    const key = secret.success
      ? createPrivateKey({ key: secret.output, format: 'jwk' })
      : createPublicKey({ key: v.parse(publicSchema, data), format: 'jwk' });
    const { name, namedCurve } = v.parse(curveSchema, algorithm);
    return kept(key, (own) => own.toCryptoKey({ name, namedCurve }, isExtractable, uses));
  },
  exportKey: (format, key) =>
    format === 'jwk' ? keyOf(key).export({ format: 'jwk' }) : refused('exportKey')(),
  generateKey: (algorithm, extractable, usages) => {
    const { name, namedCurve } = v.parse(curveSchema, algorithm);
    const uses = v.parse(usagesSchema, usages);
    const isExtractable = v.parse(v.boolean(), extractable);
    const pair = generateKeyPairSync('ec', { namedCurve });
    return {
      publicKey: kept(pair.publicKey, (own) =>
        own.toCryptoKey(
          { name, namedCurve },
          true,
          uses.filter((use) => use === 'verify'),
        ),
      ),
      privateKey: kept(pair.privateKey, (own) =>
        own.toCryptoKey(
          { name, namedCurve },
          isExtractable,
          uses.filter((use) => use === 'sign'),
        ),
      ),
    };
  },
  deriveKey: refused('deriveKey'),
  deriveBits: refused('deriveBits'),
  wrapKey: refused('wrapKey'),
  unwrapKey: refused('unwrapKey'),
};

/** Node no longer gives back the key inside a CryptoKey that is not extractable. */
const keys = new WeakMap<object, KeyObject>();
function kept<T extends webcrypto.CryptoKey>(
  key: KeyObject,
  toCryptoKey: (key: KeyObject) => T,
): T {
  const made = toCryptoKey(key);
  keys.set(made, key);
  return made;
}
function keyOf(key: unknown): KeyObject {
  const own = keys.get(v.parse(keySchema, key));
  return own ?? refused('work with keys that it did not make')();
}

function bytesOf(data: unknown): Uint8Array {
  const bytes = v.parse(bytesSchema, data);
  return bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
}

/** Web Crypto answers with buffers of their own. */
const bufferOf = (bytes: Uint8Array): ArrayBuffer => {
  const own = new ArrayBuffer(bytes.length);
  new Uint8Array(own).set(bytes);
  return own;
};

const nameIn = (algorithm: unknown): { name: string } =>
  typeof algorithm === 'string'
    ? { name: algorithm }
    : v.parse(v.looseObject({ name: v.string() }), algorithm);
