import fc from 'fast-check';
import { embedJson } from '../../../src/http/pages/embed-json';

test('no text can end the script element, and every text comes back the same', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('</script>', '<!--', '&amp;', '\u2028')),
      (text) => {
        const embedded = embedJson({ text });
        expect(embedded).not.toMatch(/[<>&\u2028\u2029]/);
        expect(JSON.parse(embedded)).toEqual({ text });
      },
    ),
  );
});
