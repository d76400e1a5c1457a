import {expect, test} from 'vitest'
import {readSpeech} from '../../src/sql/speech/index.ts'

/** What is read, in the order of the text: verb, kind and name; `any` where objects are spoken of by their kind alone. */
function readingOf(text: string): string {
  const {names, kinds} = readSpeech(text, 0)
  const named = names
    .filter(({marked, kind}) => marked || kind)
    .map(({start, act, kind, parts, place, aside, helper}) => {
      const marks = [...(place ? ['(place)'] : []), ...(aside ? ['(aside)'] : []), ...(helper ? ['(helper)'] : [])]
      return {start, words: [act, ...(kind ? [kind] : []), parts.join('.'), ...marks]}
    })
  const meant = kinds.map(({start, act, kind, of}) => ({
    start,
    words: [act, 'any', kind, ...(of.length > 0 ? ['of', ...of] : [])],
  }))
  return [...named, ...meant]
    .toSorted((a, b) => a.start - b.start)
    .map(({words}) => words.join(' '))
    .join(', ')
}

test.for<readonly [string, string]>([
  ['Create the table `orders`.', 'make table orders'],
  ['Creates `orders` and `order_items`.', 'make orders, make order_items'],
  ['Add column `status` to `orders`.', 'make column status, make column orders (place)'],
  ['Adds `orders.status` as a nullable column.', 'make orders.status, make any column'],
  ['Add the index `idx_orders_status` on `orders`.', 'make index idx_orders_status, make index orders (place)'],
  [
    'Create unique index `uq_orders_code` on `orders` (`code`).',
    'make unique uq_orders_code, make unique orders (place), make unique code',
  ],
  ['Create the enum `order_state`.', 'make type order_state'],
  ['Add a foreign key `fk_items_order` to `orders`.', 'make foreign fk_items_order, make foreign orders (place)'],
  ['Add the check constraint `ck_orders_total`.', 'make check ck_orders_total'],
  ['Drop the table `orders`.', 'take table orders'],
  ['Drops `idx_orders_status`, then `orders.status`.', 'take idx_orders_status, take orders.status'],
  ['Remove column `status` from `orders`.', 'take column status, take column orders (place)'],
  ['The column `status` is dropped.', 'take column status'],
  ['The tables `orders` and `order_items` are removed.', 'take table orders, take table order_items'],
  ['Rename `orders` to `sales_orders`.', 'change orders, change sales_orders (place)'],
  ['Widen `orders.code` to 64 characters.', 'change orders.code'],
  ['Change the type of `orders.total`.', 'change type orders.total'],
  ['Both indexes are dropped.', 'take any index'],
  ['Drop `orders` with its indexes.', 'take orders, take any index of orders'],
  ['Drop `orders` and its constraints.', 'take orders, take any constraint of orders'],
  ['`orders` stays as it is.', 'keep orders'],
  ["The data in `orders` can't be restored.", 'keep orders (place)'],
  ['Do not drop `orders`.', 'keep orders'],
  ['`orders` is kept.', 'keep orders'],
  ['Backfill `orders.status` from `order_states`.', 'other orders.status, other order_states (place)'],
  ['Copy `orders` to `orders_backup`.', 'other orders, other orders_backup (place) (helper)'],
  ['Adding `status` takes a minute.', 'make status (aside)'],
  ['`orders`, `order_items`', 'none orders, none order_items'],
  ['CREATE TABLE orders', 'make table orders'],
  ['ALTER TABLE orders ADD COLUMN status', 'change table orders, make column status'],
  ['DROP INDEX idx_orders_status', 'take index idx_orders_status'],
  ['op.drop_table orders_old', 'take table orders_old (helper)'],
  ['Create table customers.', 'make table customers'],
  ['Delete the index idx_orders_status.', 'take index idx_orders_status'],
  ['Revert everything.', 'take any object'],
  ['Undo the foreign keys.', 'take any foreign'],
  ['Populate the new column `status`.', 'other column status'],
  ['The type `order_state` is created before `orders`.', 'make type order_state, make orders'],
  ['Create temporary table `orders_tmp`.', 'make table orders_tmp (helper)'],
  ['Delete `fk_items_order`; then drop `orders`.', 'take fk_items_order, take orders'],
  ['Attach partition `orders_2026` to `orders`.', 'make partition orders_2026, make partition orders (place)'],
  ['Drop the trigger `trg_orders`.', 'take trigger trg_orders'],
  [
    'Create the function `touch_orders()` and the trigger `trg_orders`.',
    'make function touch_orders, make trigger trg_orders',
  ],
  ['Recreate `idx_orders_status`.', 'make idx_orders_status'],
  ['Validate the constraint `ck_orders_total`.', 'other constraint ck_orders_total'],
  ['Drop the two new columns.', 'take any column'],
  ['Make `orders.status` not null.', 'make orders.status'],
  ['Set `orders.status` to not null.', 'change orders.status'],
  ['The index on `orders` is removed.', 'take any index, take index orders (place)'],
  ['Switch reads to `orders_v2`.', 'other orders_v2 (place)'],
  ['Do nothing.', ''],
  ['Deploy the service.', ''],
  ['The migration takes two minutes.', ''],
  ['Monitor error rates for an hour.', ''],
  ['Contact the on-call engineer.', ''],
  ['See the runbook.', ''],
  ['Announce a maintenance window on Monday.', ''],
  ['We expect no downtime.', ''],
  ['The rollout is done in three phases.', ''],
  ['Latency stays below 200 ms.', ''],
  ["Don't drop `orders`.", 'keep orders'],
  ['Never drop `orders`.', 'keep orders'],
  ['We must not remove `orders.status`.', 'keep orders.status'],
  ['The rollback does not touch `orders`.', 'keep orders'],
  ['`orders.note` is not dropped.', 'keep orders.note'],
  ['`orders.total` is irreversible.', 'keep orders.total'],
  ['Create `orders` without `orders_archive`.', 'make orders, make orders_archive (place) (helper)'],
  ['Drop `a_one`. Create `b_two`.', 'take a_one, make b_two'],
  ['1. Create `a_one`', 'make a_one'],
  ['- Drop `a_one`', 'take a_one'],
  ['Drop:\n\n- `a_one`\n- `b_two`', 'none a_one, none b_two'],
  ['Create:\n- `a_one`\n- `b_two`\n\nThen check `c_three`.', 'make a_one, make b_two, none check c_three'],
])('%s', ([text, reading]) => expect(readingOf(text)).toBe(reading))

test('says where each name stands', () => {
  const text = 'Create `orders`, drop `order_items`.'
  const {names} = readSpeech(text, 100)
  expect(names.map(({start, end}) => text.slice(start - 100, end - 100))).toEqual(['orders', 'order_items'])
})
