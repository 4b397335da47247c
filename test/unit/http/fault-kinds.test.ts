import { AppError } from '../../../src/errors';
import { toAppError } from '../../../src/http/fault-kinds';

describe('what was thrown becomes an error of the catalogue', () => {
  it.each([
    ['a refused connection', Object.assign(new Error('x'), { code: 'ECONNREFUSED' })],
    ['a shutdown', Object.assign(new Error('x'), { code: '57P01' })],
    ['a connection that ended under a query', new Error('Connection terminated unexpectedly')],
    [
      'a query on a dead connection',
      new Error('BEGIN; - Client has encountered a connection error and is not queryable'),
    ],
    ['a full disk', Object.assign(new Error('x'), { code: '53100' })],
    ['a disk that fails', Object.assign(new Error('x'), { code: '58030' })],
    ['a deadlock', Object.assign(new Error('x'), { code: '40P01' })],
    ['a transaction whose connection is gone', new Error('Transaction query already complete, run with DEBUG=knex:tx')],
    ['an exhausted pool', Object.assign(new Error('x'), { name: 'KnexTimeoutError' })],
  ])('%s is "the service is away"', (_name, fault) => {
    expect(toAppError(fault)).toMatchObject({ code: 'database_unavailable', status: 503 });
  });

  it('a faulty address, a text that cannot be stored and a programming mistake are told apart', () => {
    expect(toAppError(Object.assign(new URIError('x'), { status: 400 })).code).toBe('bad_request');
    expect(toAppError(Object.assign(new Error('x'), { code: '22021' })).code).toBe('bad_request');
    expect(toAppError(new TypeError('x is not a function')).code).toBe('unexpected');
  });

  it('an error of the catalogue stays', () => {
    const error = new AppError('link_used');
    expect(toAppError(error)).toBe(error);
  });
});
