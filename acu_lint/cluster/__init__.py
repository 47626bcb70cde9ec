"""All pairs of a corpus that is too large for one machine, as a job for Dask (the extra ``cluster``).

Dask, not Spark: workers run the functions of the built-in join as they are, pip installs all of it, and the
same job runs on one machine without a Java runtime, which is how it is tested. Spark would move the same NumPy arrays
through the JVM to Python workers and back.
"""
