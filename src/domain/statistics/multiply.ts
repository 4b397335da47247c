/**
 * Multiplies two lists place by place.
 * Source: elementary.
 * @param first - numbers
 * @param second - as many numbers
 * @returns their products
 */
export function multiply(first: Float64Array, second: Float64Array): Float64Array {
  const products = new Float64Array(first.length);
  for (let at = 0; at < products.length; at += 1) products[at] = (first[at] ?? 0) * (second[at] ?? 0);
  return products;
}
