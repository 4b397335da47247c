const weights = [3, 2, 7, 6, 5, 4, 3, 2];

/**
 * Tells whether a text is a possible Norwegian organisation number: nine digits, the last one a modulus 11 check digit
 * with the weights 3 2 7 6 5 4 3 2 (Brønnøysundregistrene, "Om organisasjonsnummeret").
 * @param text nine digits without spaces
 * @returns true when the check digit is right
 */
export function isOrganisationNumber(text: string): boolean {
  if (!/^\d{9}$/.test(text)) return false;
  const digits = Array.from(text, Number);
  const sum = weights.reduce((total, weight, position) => total + weight * (digits[position] ?? 0), 0);
  const remainder = sum % 11;
  // A remainder of 1 would need the check digit 10: such numbers are never given out.
  return remainder === 0 ? digits[8] === 0 : remainder !== 1 && digits[8] === 11 - remainder;
}
