/** Text in lines of at most so many characters: broken between words, and within those that are longer than a line. */
export function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).flatMap((one) => pieces(one, most))) {
    if (line === '') line = word;
    else if (line.length + 1 + word.length <= most) line = `${line} ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' ? lines : [...lines, line];
}

function pieces(word: string, most: number): string[] {
  return word.length <= most
    ? word === ''
      ? []
      : [word]
    : (word.match(new RegExp(`.{1,${most}}`, 'gu')) ?? []);
}
