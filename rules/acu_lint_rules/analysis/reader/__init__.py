"""The trained reader: what kind of statement a sentence reads like, learnt from labelled sentences.

``docs/reader.md`` is its model card; ``training/`` in the repository makes its weights. At run time it is a look-up of
weights in a table of bytes: no numpy, no scikit-learn, and no floating point in what it decides.
"""
