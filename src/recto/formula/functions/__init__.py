"""The functions of XBRL: xfi and xff, and those that a DTS defines itself."""
