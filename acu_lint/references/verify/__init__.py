"""Ask Crossref and PubMed about cited works. The only part of acu-lint that uses the network."""
