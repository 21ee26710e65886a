// The words of a page in another language: from the server, or from the labels of the concepts that a file holds.

const RIGHT_TO_LEFT = /^(?:ar|dv|fa|he|iw|ku|ps|sd|ug|ur|yi)(?:-|$)/i;

// {title, row, columns}: null where the language has no other words. `row(index)` are those of a row's label; columns'
// words are those of members.
export async function wordsOf(filing, page, language) {
  if (filing.source.served) {
    const found = await filing.source.part(`labels/${language}/${page.stem}`).catch(() => null);
    return found && { ...found, row: (index) => found.rows?.[index] };
  }
  const concepts = await filing.concepts();
  const turned = new Map();
  for (const concept of concepts) {
    const found = labelIn(concept, language);
    if (found && concept.label && !turned.has(concept.label)) turned.set(concept.label, found);
  }
  return {
    title: page.titles?.[language] || null,
    row: (index) => {
      const row = page.rows[index];
      return row.concept === null || row.concept === undefined ? turned.get(row.label) : labelIn(concepts[row.concept], language, row.role);
    },
    columns: (page.columns || []).map((column) => (column.labels?.some((label) => turned.has(label)) ? column.labels.map((label) => turned.get(label) ?? label) : null)),
  };
}

// A concept's label in a language, of a role if it has one; null where it has none.
export function labelIn(concept, language, role) {
  const own = (concept?.labels || []).filter(([, tag]) => tag === language);
  const wanted = (role || 'label').replace(/^negated(?=[A-Z])/, '').replace(/^./, (first) => first.toLowerCase());
  const found = own.find(([each]) => each === role) || own.find(([each]) => each === wanted) || own.find(([each]) => each === 'label');
  return found ? found[2] : null;
}

export function isRightToLeft(language) {
  return RIGHT_TO_LEFT.test(language || '');
}
