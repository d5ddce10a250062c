#!/usr/bin/env bash
# Answers the open tasks of a release as the sample users would, until the release is closed.
#
#   docs/using/tour.sh REL-1          leaves the go to you: Decide go or no-go stays open
#   docs/using/tour.sh --go REL-1     answers that one too
#
# Needs bash and curl, and Slipway with profile sandbox at SLIPWAY_URL (default http://localhost:8080).
set -euo pipefail

url=${SLIPWAY_URL:-http://localhost:8080}
password=slipway
give_go=false
[[ ${1:-} == --go ]] && { give_go=true; shift; }
[[ ${1:-} =~ ^REL-[0-9]+$ ]] || { echo "Usage: $0 [--go] REL-1" >&2; exit 2; }
release=$1

as() { # USER PATH [BODY]: GET, or POST with a body
  local user=$1 path=$2
  if (($# == 2)); then
    curl -sS --fail-with-body -u "$user:$password" "$url$path"
  else
    curl -sS --fail-with-body -u "$user:$password" -H 'Content-Type: application/json' -d "$3" "$url$path"
  fi
}

value_of() { # KEY, of the first occurrence in the JSON on standard input; nothing for null
  grep -o "\"$1\":\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4 || true
}

text() { printf '"%s":{"value":"%s"}' "$1" "$2"; }
other() { printf '"%s":{"value":%s}' "$1" "$2"; } # a number, true or false

# Who answers a task, and what. The left-out tasks are for a person to think about.
answer_to() {
  case $1 in
    confirm-scope) echo "erin|confirmed|$(text scopeDecision confirmed)" ;;
    verify-dependencies)
      local none=()
      for kind in migrations environmentVariables queueWorkers scheduledJobs thirdParties; do
        none+=("$(text $kind none)")
      done
      echo "erin|confirmed|$(IFS=,; echo "${none[*]}"),$(text dependenciesDecision confirmed)" ;;
    confirm-tests)
      echo "quentin|confirmed|$(other minimumCoverage 80),$(other measuredCoverage 83),$(text testsDecision confirmed)" ;;
    confirm-rollback-plan)
      echo "evan|confirmed|$(text rollbackPlan 'Give all traffic back to the version before.'),$(other rollbackMinutes 1),$(text rollbackPlanDecision confirmed)" ;;
    accept-ownership) echo "$owner|confirmed|$(text ownershipDecision confirmed),$(text ownerContact 'in the channel')" ;;
    accept-on-call) echo "olga|confirmed|$(text onCallDecision confirmed),$(text onCallContact 'in the channel')" ;;
    confirm-learned-checks) echo "erin|confirmed|$(text learnedDecision confirmed)" ;;
    review-schema-change)
      echo "dora|confirmed|$(text rollingSafe yes),$(text blocksTraffic no),$(text schemaDecision confirmed)" ;;
    confirm-compatibility) echo "evan|confirmed|$(text compatibilityDecision confirmed)" ;;
    approve-readiness) echo "adam|approved|$(text approvalDecision confirmed)" ;;
    edit-release-notes) echo "$owner|kept as drafted|" ;;
    acknowledge-release) echo "$2|known|$(text acknowledgement known)" ;;
    decide-go)
      if $give_go; then
        echo "$owner|go|$(text goDecision go),$(other rollbackCriteriaSeen true),$(other freezeConfirmed true),$(other onCallReachable true)"
      fi ;;
    confirm-final-status) echo "$owner|shared as drafted|" ;;
    answer-review)
      echo "$owner|answered|$(text foundBy watchers),$(text rollbackBelieved yes),$(text notesGood yes),$(text smallEnough yes),$(text reviewNote 'The watchers saw it on the first step.')" ;;
    agree-on-checks) echo "adam|agreed|$(text newChecks 'Try the checkout with the cache switched off.')" ;;
  esac
}

member_of() {
  case $1 in
    support) echo sam ;;
    qa) echo quentin ;;
    product) echo paula ;;
    on-call) echo olga ;;
    *) echo rita ;;
  esac
}

said=
said() { [[ $said == "$1" ]] || { said=$1; echo "$1"; }; }

while true; do
  state=$(as rita "/api/v1/releases/$release")
  owner=$(value_of owner <<<"$state")
  phase=$(value_of phase <<<"$state")
  if [[ $phase == CLOSED ]]; then
    echo "$release is closed: $(value_of outcome <<<"$state")"
    exit 0
  fi
  left=
  tasks=$(as rita "/engine-rest/task?processInstanceBusinessKey=$release&active=true")
  while read -r id; do
    [[ -n $id ]] || continue
    task=$(as rita "/engine-rest/task/$id" 2>/dev/null) || continue # somebody was faster
    name=$(value_of name <<<"$task")
    key=$(value_of taskDefinitionKey <<<"$task")
    group=$(as rita "/engine-rest/task/$id/identity-links?type=candidate" | value_of groupId)
    answer=$(answer_to "$key" "$(member_of "$group")")
    if [[ -z $answer ]]; then
      left="$name"
      continue
    fi
    IFS='|' read -r user word variables <<<"$answer"
    as "$user" "/engine-rest/task/$id/submit-form" "{\"variables\":{$variables}}" >/dev/null
    echo "$user: $name: $word"
  done < <(grep -o '"id":"[^"]*"' <<<"$tasks" | cut -d '"' -f 4)
  if [[ -n $left ]]; then
    said "$release waits for you: $left"
  else
    said "$release is in phase $phase"
  fi
  sleep 1
done
