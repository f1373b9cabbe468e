"""The page of an item: as it stands, what can be done with it, and how it came to be."""

from flask import Response, request

from shared.pages.page import CollectionPage


class ItemPage(CollectionPage):
    def show(self) -> Response:
        item, problem = self.item()
        if problem is not None:
            return problem
        events = self.events()
        further = [fact for fact in self.collection.further if item[fact] not in (None, "", [])]
        facts = [*self.collection.facts, *further]
        self.shown.know((fact, item[fact]) for fact in facts)
        done = f"{request.args.get('done', '')}.done"
        timeline = self.site.href("timeline", f"/initiatives/{item['id']}") if self.collection.on_timeline else None
        return self.render(
            self.collection.template,
            collection=self.collection,
            item=item,
            facts=facts,
            names=self.names,
            forms=[form for form in self.collection.forms if not form.creates and form.offered(item)],
            events=list(self.told(events))[::-1],
            done=self.say(done) if self.say.knows(done) else None,
            timeline_href=timeline,
        )
