from collections import Counter
import tests.fuzz.test_fuzz as t
from tests.fuzz.test_fuzz import *
from tests.fuzz.test_fuzz import world, findings
del test_no_address_breaks, test_what_was_found_once_stays_mended
import cProfile, pstats
def test_stats(world, findings):
    for requests in batches(5000):
        ask_all(world, requests, findings)
    st=Counter()
    for (r,s),n in findings.answers.items(): st[s]+=n
    print(st)
    print(report(findings))
    tell=Counter(); good=Counter(); allr=Counter()
    for (r,s),n in findings.answers.items():
        if not is_api(r.split()[1]): r=r.split()[1]
        tell[r]+=n*(s not in (401,404,405)); good[r]+=n*(s<300); allr[r]+=n
    for r in sorted(allr, key=lambda r: tell[r]/allr[r])[:45]: print(r, allr[r], tell[r], good[r])
    print("never good:", [r for r in allr if not good[r]])
