"""Charts of pages, facts and calculations: Vega-Lite, the same in notebooks, `recto plot`, the API and the viewer."""
