export async function drawCompare() {}
