"""Runs the recipes of docs/cohorts.md on lines with a bad one among them, and compares each with a plain run.

Arguments: the page, the program, and an empty folder to work in.
"""

import json
import os
import re
import subprocess
import sys

import duckdb
from pyspark.sql import SparkSession

page, program, folder = (os.path.abspath(path) for path in sys.argv[1:])
os.chdir(folder)
os.environ["PATH"] = os.path.dirname(program) + os.pathsep + os.environ["PATH"]
os.environ["PYSPARK_PYTHON"] = sys.executable

LINES = 400
BAD = 150
with open("answers.jsonl", "w") as file:
    for at in range(LINES):
        place = "here" if at == BAD else ["low", "calf", "thigh"][at % 3]
        file.write(json.dumps({"id": at, "answers": {"age": 20 + at % 60, "where": [place]}}) + "\n")

with open(page) as file:
    sections = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", file.read(), re.MULTILINE | re.DOTALL))


def recipes(section, language):
    return re.findall(rf"^```{language}\n(.*?)^```", sections[section], re.MULTILINE | re.DOTALL)


def scored(lines):
    """The results; of errors what does not depend on how the lines were divided."""
    results = [json.loads(line) for line in lines]
    return [dict(result, error=re.sub(r"line \d+", "line", result["error"])) if "error" in result else result for result in results]


def check(name, lines):
    assert scored(lines) == plain, f"{name} does not give the results of a plain run"
    print(name)


def run(command):
    return subprocess.run(["bash", "-c", command], capture_output=True, text=True)


plain = scored(run("twinge score < answers.jsonl").stdout.splitlines())
assert len(plain) == LINES and "error" in plain[BAD]

for command in recipes("Several cores", "sh"):
    run(command)
    with open("results.jsonl") as file:
        check(command.split()[0], file)

spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
spark.sparkContext.setLogLevel("OFF")
pipe, arrow = recipes("Spark", "python")
pipe = pipe.replace("/usr/local/bin/twinge", program)
exec(pipe)
check("rdd.pipe", spark.sparkContext.textFile("results").collect())
spark.read.text("answers.jsonl").withColumnRenamed("value", "line").createOrReplaceTempView("answers")
[transform] = recipes("Spark", "sql")
check("TRANSFORM", [row.result for row in spark.sql(transform).collect()])
exec(arrow)
check("mapInArrow", [row.result for row in spark.read.parquet("results.parquet").collect()])

try:
    exec(pipe.replace(program, program + "-missing").replace('"results"', '"missing"'))
except Exception:
    print("a missing program ends the job")
else:
    raise AssertionError("the job goes on without the program")
spark.stop()

[bag] = recipes("Dask", "python")
exec(bag)
check("Dask", results.compute(scheduler="sync"))

os.rename("results.parquet", "of-spark.parquet")
copy, causes = recipes("DuckDB and Parquet", "sql")
duckdb.sql(copy)
read = duckdb.sql("SELECT id, urgency FROM 'results.parquet'").fetchall()
assert read == [(result["id"], result.get("urgency")) for result in plain], "DuckDB reads other results"
ranked = sum(cause["ranked"] for result in plain for cause in result.get("causes", []))
assert len(duckdb.sql(causes).fetchall()) == ranked, "DuckDB reads other causes"
print("DuckDB")
