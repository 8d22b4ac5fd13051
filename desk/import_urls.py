"""The addresses of import."""

from django.urls import path

from .views import imports, imports_batch, imports_rows

urlpatterns = [
    path("", imports.imports, name="imports"),
    path("new/", imports.new, name="new_import"),
    path("example/<slug:kind>.<slug:form>", imports.example, name="import_example"),
    path("<int:number>/", imports_batch.batch, name="import"),
    path("<int:number>/columns/", imports_batch.columns, name="import_columns"),
    path("<int:number>/rows/", imports_rows.rows, name="import_rows"),
    path("<int:number>/apply/", imports_batch.apply, name="apply_import"),
    path("<int:number>/drop/", imports_batch.drop, name="drop_import"),
    path("<int:number>/revert/", imports_batch.revert, name="revert_import"),
]
