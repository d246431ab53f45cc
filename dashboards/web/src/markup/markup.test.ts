import { element } from './element.ts';
import { toHtml } from './to-html.ts';

test('text and attributes are escaped: a symbol from the chain cannot become markup', () => {
  const evil = '"><script>alert(1)</script>&';
  expect(toHtml(element('td', { title: evil }, evil))).toBe(
    '<td title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;">&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;</td>',
  );
});

test('absent pieces and attributes draw nothing; lists are flattened; the key is not written', () => {
  const piece = element('ul', { key: 1, hidden: false, class: undefined, open: true }, undefined, false, '', [
    [element('li', {}, 0)],
  ]);
  expect(toHtml(piece)).toBe('<ul open=""><li>0</li></ul>');
});

test('void elements have no end tag, an svg says what it is', () => {
  expect(toHtml(element('p', {}, element('br'), element('svg', { width: 1 })))).toBe(
    '<p><br><svg xmlns="http://www.w3.org/2000/svg" width="1"></svg></p>',
  );
});
