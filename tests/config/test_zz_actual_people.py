import tests.config.test_permissions as t, traceback, sys
world_ = None
def test_print(world):
    out=[]
    for row,(get,post) in t.ROWS.items():
        for where, said in ((world.first,str),(world.second,t.foreign)):
            for m, sg in (("GET",get),("POST",post)):
                try: got=t.answers(world,row,where,m)
                except Exception as e: got=f"ERR {type(e).__name__} {str(e)[:100]}"
                if got!=said(sg): out.append(f"{row:34} {where.actor.name_da:7} {m:5} want {said(sg)} got {got}")
        for m in t.UNUSED:
            try: got=t.answers(world,row,world.first,m)
            except Exception as e: got=f"ERR {type(e).__name__} {str(e)[:100]}"
            if got!=t.refused(get): out.append(f"{row:34} {m} want {t.refused(get)} got {got}")
    print("\n".join(out))
    missing={n for n,_ in t.routes()}-{t.route_of(r) for r in t.ROWS}
    print("MISSING", missing, "EXTRA", {t.route_of(r) for r in t.ROWS}-{n for n,_ in t.routes()})
world=t.world
