import { expect, it } from 'vitest';
import { mergeNewest } from './merge-newest.ts';

const item = (id: string, text = id) => ({ id, text });
const page = (...ids: string[]) => ({ items: ids.map((id) => item(id)), nextCursor: null });
const ids = (pages: readonly { items: { id: string }[] }[]) => pages.map(({ items }) => items.map(({ id }) => id));

it('adds new items to the first page and keeps older ones', () => {
  expect(ids(mergeNewest([page('d', 'c'), page('b', 'a')], [item('f'), item('e'), item('d')], false))).toEqual([
    ['f', 'e', 'd', 'c'],
    ['b', 'a'],
  ]);
});

it('replaces changed items', () => {
  const [first] = mergeNewest([page('b', 'a')], [item('b', 'changed')], false);
  expect(first?.items).toEqual([item('b', 'changed'), item('a')]);
});

it('removes items that are gone, such as an answer that was replaced', () => {
  expect(ids(mergeNewest([page('d', 'c', 'b'), page('a')], [item('e'), item('c'), item('b')], false))).toEqual([
    ['e', 'c', 'b'],
    ['a'],
  ]);
});

it('removes everything else if the newest items are all there are', () => {
  expect(ids(mergeNewest([page('c', 'b'), page('a')], [item('d'), item('c')], true))).toEqual([['d', 'c'], []]);
  expect(ids(mergeNewest([page('b', 'a')], [], true))).toEqual([[]]);
});
