import pytest
from tests.browser import people
from tests.browser.test_print import length_of, pages_in
pytestmark = pytest.mark.browser
def test_x(visitor):
    ps=[*people.cases(), *people.at_random(400, seed=11)]
    import time; t=time.time()
    L=sorted(ps, key=length_of); print("t", time.time()-t)
    for lang in ("en","es"):
        v=visitor(lang, script=False, viewport={"width":725,"height":965})
        v.page.emulate_media(media="print")
        for p in L[-6:]+[p for p in people.cases()][::6]:
            v.holding(p.answers); v.go("print")
            h=v.page.evaluate("document.querySelector('main').getBoundingClientRect().height")
            print(lang, p.name[:30], length_of(p), int(h), round(h/957.7,2), pages_in(v.page.pdf(format="Letter")))
