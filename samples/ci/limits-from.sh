#!/usr/bin/env bash
# Prints limits that a run keeps which is as good as a stored report (a golden one): limits-from.sh golden.json
# POINTS (0.5) is what shares of answers may lose against it, DB (1) what decibels may, PERCENT (2) by how much the file may grow.
# There is no limit on the speed: machines differ. Needs jq.
set -euo pipefail

jq --raw-output --argjson points "${POINTS:-0.5}" --argjson db "${DB:-1}" --argjson percent "${PERCENT:-2}" '
  def short: . * 10000 | round | . / 10000;
  def slack: if . == "percent" then $points elif . == "ratio" then $points / 100 elif . == "bits" then 0.02 else $db end;
  def limit(name): if . == null then empty else "--\(name) \(short)" end;

  # What the report itself loses against the right answers, in the points of --max-drop.
  ([.task.figures[]? | select(.fp32 != null and .int8 != null and .unit != "count")][0]
    | if . == null then null
      elif .unit == "bits" then .int8 - .fp32 + (.unit | slack)
      elif .unit == "ratio" then 100 * (.fp32 - .int8) + $points
      else .fp32 - .int8 + (.unit | slack) end
    | if . == null then . else [., 0] | max end) as $drop

  # The least median of all outputs, or of their parts; those of identical outputs are null.
  | ([.outputs[]? | if (.parts // []) == [] then . else .parts[] end | select(.allButZero | not) | .medianDb | select(. != null)]
    | min | if . == null then null else . - $db end) as $sqnr

  | [
      ($drop | limit("max-drop")),
      (.task.headline? // {} | select(.between != null)
        | . as $headline | .between - (.unit | slack)
        | limit(if $headline.unit == "percent" then "min-agreement" else "min-figure" end)),
      ($sqnr | limit("min-sqnr")),
      "--max-size \(.size.int8Bytes * (100 + $percent) / 100 | ceil)"
    ]
  | join(" ")
' "${1:?The report is missing: limits-from.sh golden.json}"
