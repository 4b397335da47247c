import { generateKeyPairSync, sign } from 'node:crypto';

function encode(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const length =
    content.length < 128
      ? Buffer.from([content.length])
      : Buffer.from([0x82, content.length >> 8, content.length & 255]);
  return Buffer.concat([Buffer.from([tag]), length, content]);
}

const sequence = (...contents: readonly Buffer[]) => encode(0x30, ...contents);
const identifier = (hex: string) => encode(0x06, Buffer.from(hex, 'hex'));
const bits = (content: Buffer) => encode(0x03, Buffer.from([0]), content);
const time = (year: number) => encode(0x18, Buffer.from(`${year}0101000000Z`));

const ecdsaWithSha256 = sequence(identifier('2a8648ce3d040302'));
const commonName = '550403';
const alternativeNames = '551d11';
const basicConstraints = '551d13';

function nameOf(text: string): Buffer {
  return sequence(encode(0x31, sequence(identifier(commonName), encode(0x0c, Buffer.from(text)))));
}

/**
 * Makes a certificate that vouches for itself, for localhost and 127.0.0.1.
 * @returns key and certificate as PEM
 */
export function makeCertificate(): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const hosts = sequence(encode(0x82, Buffer.from('localhost')), encode(0x87, Buffer.from([127, 0, 0, 1])));
  const extensions = sequence(
    sequence(identifier(alternativeNames), encode(0x04, hosts)),
    sequence(identifier(basicConstraints), encode(0x04, sequence(encode(0x01, Buffer.from([255]))))),
  );
  const body = sequence(
    encode(0xa0, encode(0x02, Buffer.from([2]))),
    encode(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    nameOf('localhost'),
    sequence(time(2020), time(2060)),
    nameOf('localhost'),
    publicKey.export({ type: 'spki', format: 'der' }),
    encode(0xa3, extensions),
  );
  const der = sequence(body, ecdsaWithSha256, bits(sign('sha256', body, privateKey)));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
  };
}
