import request from 'supertest';
import { Model } from 'survey-core';
import { withDatabase } from '../support/database';
import { createRespondentApp } from '../support/respondent-app';
import { createRespondentWave } from '../support/respondents';

const database = withDatabase();

/** The constructor runs it once on the definition; a model without a definition asks nothing. */
const construction = jest.spyOn(Model.prototype, 'fromJSON');

beforeEach(() => {
  construction.mockClear();
});

test('a construction of a model is counted', () => {
  new Model({ pages: [] });
  expect(construction).toHaveBeenCalledTimes(1);
});

test('no request from the link to the receipt constructs a survey-core model', async () => {
  const { app, context } = await createRespondentApp(database.db());
  const wave = await createRespondentWave(context);
  const agent = request.agent(app);
  const link = `/svar/${wave.tokens[0]!}`;
  await agent.get(link).expect(200);
  let path = (await agent.post(link).expect(303)).headers['location']!;
  let pageCount = 0;
  while (path.startsWith('/undersokelse/side/')) {
    const { text } = await agent.get(path).expect(200);
    const names = new Set([...text.matchAll(/type="radio" id="[^"]*" name="([^"]*)"/g)].map((match) => match[1]!));
    const codes = [...names].map((name) => [name, new RegExp(`name="${name}" value="([^"]*)"`).exec(text)![1]!]);
    const form = /name="_form" value="([^"]*)"/.exec(text)![1]!;
    const fields = { ...Object.fromEntries(codes), _form: form } as Record<string, string>;
    path = (await agent.post(path).type('form').send(fields).expect(303)).headers['location']!;
    pageCount += 1;
  }
  const review = await agent.get(path).expect(200);
  const form = /name="_form" value="([^"]*)"/.exec(review.text)![1]!;
  const revision = /name="_revision" value="([^"]*)"/.exec(review.text)![1]!;
  await agent.post('/undersokelse/send').type('form').send({ _form: form, _revision: revision }).expect(303);
  await agent.get('/undersokelse/kvittering').expect(200);
  expect(pageCount).toBeGreaterThan(5);
  expect(construction).not.toHaveBeenCalled();
});
