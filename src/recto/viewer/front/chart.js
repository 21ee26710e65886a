export async function drawChartView() {}
