from tests.documents.test_register import *
def test_dbg(signed_in, cast):
    client = signed_in(cast.officer)
    page = client.post(reverse("documents:register"), {**VALUES, "issued_on": "20/11/2025", "file": SimpleUploadedFile("quyet-dinh.pdf", PDF, content_type="text/html")})
    print(page.status_code, page.context and page.context["form"].errors, getattr(page,'url',''))
    print(list(Document.objects.values_list("number","issued_on")))
