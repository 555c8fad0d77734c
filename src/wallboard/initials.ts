/** Letters of a reading that are no beginning of a name by themselves. */
const smallKana = /^[ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮー]$/;

/**
 * What stands for a person where no names are shown: 「や・は」 for やまだ はなこ.
 *
 * @param kana family name and given name with a space between; '' when the reading is not known
 * @param otherwise what is shown when there is no reading, such as the member's number
 */
export function initialsOf(kana: string, otherwise: string): string {
  const parts = kana
    .trim()
    .split(/[\s　・]+/u)
    .filter((part) => part !== '');
  const firsts = parts.map((part) => {
    const [first = '', second = ''] = Array.from(part);
    return smallKana.test(second) ? first + second : first;
  });
  return firsts.length === 0 ? otherwise : firsts.slice(0, 2).join('・');
}
